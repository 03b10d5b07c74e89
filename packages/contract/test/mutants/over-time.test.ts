import { overTimeMutants } from "../../mutants/over-time-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(overTimeMutants, { watchSeconds: 2 });
