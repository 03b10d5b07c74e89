import { expectCaught } from "./expect-caught.ts";
import { listMutants } from "./list-mutants.ts";
import { listRequestMutants } from "./list-request-mutants.ts";

expectCaught([...listMutants, ...listRequestMutants]);
