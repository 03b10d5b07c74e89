import { expectCaught } from "./expect-caught.ts";
import { statusMutants } from "./status-mutants.ts";

expectCaught(statusMutants);
