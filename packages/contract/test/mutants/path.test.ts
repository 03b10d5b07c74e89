import { pathMutants } from "../../mutants/path-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

const takesLuck = (id: string): boolean => id === "any-odd-character";

expectCaught(pathMutants.filter(({ id }) => !takesLuck(id)));
expectCaught(
  pathMutants.filter(({ id }) => takesLuck(id)),
  { maxRequests: 250 },
);
