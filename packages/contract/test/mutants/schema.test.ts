import { expectCaught } from "./expect-caught.ts";
import { schemaMutants } from "./schema-mutants.ts";

expectCaught(schemaMutants);
