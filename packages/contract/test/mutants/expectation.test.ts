import { expectCaught } from "./expect-caught.ts";
import { expectationMutants } from "./expectation-mutants.ts";

expectCaught(expectationMutants);
