import { expectCaught } from "./expect-caught.ts";
import { comparisonMutants } from "./comparison-mutants.ts";

expectCaught(comparisonMutants);
