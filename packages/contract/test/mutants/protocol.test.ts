import { expectCaught } from "./expect-caught.ts";
import { protocolMutants } from "./protocol-mutants.ts";

expectCaught(protocolMutants);
