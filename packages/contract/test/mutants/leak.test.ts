import { leakMutants } from "../../mutants/leak-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(leakMutants);
