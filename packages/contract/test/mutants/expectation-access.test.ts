import { expectCaught } from "./expect-caught.ts";
import { expectationAccessMutants } from "./expectation-access-mutants.ts";

expectCaught(expectationAccessMutants);
