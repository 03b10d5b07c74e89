import { expectCaught } from "./expect-caught.ts";
import { expectationPathMutants } from "./expectation-path-mutants.ts";

expectCaught(expectationPathMutants);
