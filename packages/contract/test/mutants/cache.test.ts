import { expectCaught } from "./expect-caught.ts";
import { cacheMutants } from "./cache-mutants.ts";

expectCaught(cacheMutants);
