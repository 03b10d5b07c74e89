import { authMutants } from "./auth-mutants.ts";
import { bodyMutants } from "./body-mutants.ts";
import { jsonMutants } from "./json-mutants.ts";
import { leakMutants } from "./leak-mutants.ts";
import { methodMutants } from "./method-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { overTimeMutants } from "./over-time-mutants.ts";
import { pathMutants } from "./path-mutants.ts";
import { tenantMutants } from "./tenant-mutants.ts";
import { wireMutants } from "./wire-mutants.ts";

/** Every provider with one bug. */
export const allMutants: readonly Mutant[] = [
  ...bodyMutants,
  ...jsonMutants,
  ...wireMutants,
  ...authMutants,
  ...tenantMutants,
  ...pathMutants,
  ...methodMutants,
  ...leakMutants,
  ...overTimeMutants,
];
