import { expectCaught } from "./expect-caught.ts";
import { jsonMutants } from "./json-mutants.ts";

expectCaught(jsonMutants);
