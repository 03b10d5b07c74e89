import { expectCaught } from "./expect-caught.ts";
import { leakMutants } from "./leak-mutants.ts";

expectCaught(leakMutants);
