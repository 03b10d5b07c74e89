import { expectCaught } from "./expect-caught.ts";
import { expectationAuthMutants } from "./expectation-auth-mutants.ts";

expectCaught(expectationAuthMutants);
