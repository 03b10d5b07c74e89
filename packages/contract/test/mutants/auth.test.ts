import { authMutants } from "../../mutants/auth-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(authMutants);
