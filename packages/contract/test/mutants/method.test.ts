import { methodMutants } from "../../mutants/method-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(methodMutants);
