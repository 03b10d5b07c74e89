import { expectCaught } from "./expect-caught.ts";
import { headerMutants } from "./header-mutants.ts";

expectCaught(headerMutants);
