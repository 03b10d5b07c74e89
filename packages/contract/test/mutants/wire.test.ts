import { expectCaught } from "./expect-caught.ts";
import { wireMutants } from "./wire-mutants.ts";

expectCaught(wireMutants);
