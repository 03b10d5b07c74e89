import { expectCaught } from "./expect-caught.ts";
import { toldApartMutants } from "./told-apart-mutants.ts";

expectCaught(toldApartMutants);
