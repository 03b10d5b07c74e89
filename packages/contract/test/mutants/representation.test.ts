import { expectCaught } from "./expect-caught.ts";
import { representationMutants } from "./representation-mutants.ts";

expectCaught(representationMutants);
