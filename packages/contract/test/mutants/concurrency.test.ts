import { expectCaught } from "./expect-caught.ts";
import { concurrencyMutants } from "./concurrency-mutants.ts";

expectCaught(concurrencyMutants);
