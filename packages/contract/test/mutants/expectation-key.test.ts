import { expectCaught } from "./expect-caught.ts";
import { expectationKeyMutants } from "./expectation-key-mutants.ts";

expectCaught(expectationKeyMutants);
