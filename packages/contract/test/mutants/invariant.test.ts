import { expectCaught } from "./expect-caught.ts";
import { invariantMutants } from "./invariant-mutants.ts";

expectCaught(invariantMutants);
