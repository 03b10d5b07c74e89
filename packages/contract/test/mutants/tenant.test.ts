import { tenantMutants } from "../../mutants/tenant-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

expectCaught(tenantMutants);
