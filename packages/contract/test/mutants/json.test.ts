import { jsonMutants } from "../../mutants/json-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(jsonMutants);
