import { bodyMutants } from "../../mutants/body-mutants.ts";
import { expectCaught } from "./expect-caught.ts";

const isWarning = (id: string): boolean => id === "extra-field";

expectCaught(bodyMutants.filter(({ id }) => !isWarning(id)));
expectCaught(
  bodyMutants.filter(({ id }) => isWarning(id)),
  { isStrict: true },
);
