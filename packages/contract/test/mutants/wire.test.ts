import { wireMutants } from "../../mutants/wire-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(wireMutants);
