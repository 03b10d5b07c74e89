import { cacheMutants } from "./cache-mutants.ts";
import { comparisonMutants } from "./comparison-mutants.ts";
import { concurrencyMutants } from "./concurrency-mutants.ts";
import { expectationMutants } from "./expectation-mutants.ts";
import { expectationAccessMutants } from "./expectation-access-mutants.ts";
import { expectationAuthMutants } from "./expectation-auth-mutants.ts";
import { expectationKeyMutants } from "./expectation-key-mutants.ts";
import { expectationPathMutants } from "./expectation-path-mutants.ts";
import { headerMutants } from "./header-mutants.ts";
import { invariantMutants } from "./invariant-mutants.ts";
import { jsonMutants } from "./json-mutants.ts";
import { leakMutants } from "./leak-mutants.ts";
import { listMutants } from "./list-mutants.ts";
import { listRequestMutants } from "./list-request-mutants.ts";
import { protocolMutants } from "./protocol-mutants.ts";
import { representationMutants } from "./representation-mutants.ts";
import { schemaMutants } from "./schema-mutants.ts";
import { statusMutants } from "./status-mutants.ts";
import { toldApartMutants } from "./told-apart-mutants.ts";
import { wireMutants } from "./wire-mutants.ts";
import type { Mutant } from "./mutant.ts";

/** Every provider with one bug, by the file of `src/checks` whose checks catch it: `wire-checks.ts` is `wire`. */
export const mutantsByChecks: Readonly<Record<string, readonly Mutant[]>> = {
  wire: wireMutants,
  status: statusMutants,
  header: headerMutants,
  json: jsonMutants,
  schema: schemaMutants,
  invariant: invariantMutants,
  cache: cacheMutants,
  comparison: comparisonMutants,
  concurrency: concurrencyMutants,
  expectation: [
    ...expectationMutants,
    ...expectationAuthMutants,
    ...expectationKeyMutants,
    ...expectationAccessMutants,
    ...expectationPathMutants,
  ],
  list: [...listMutants, ...listRequestMutants],
  protocol: protocolMutants,
  leak: leakMutants,
  representation: representationMutants,
  "told-apart": toldApartMutants,
};

/** Every provider with one bug. */
export const allMutants: readonly Mutant[] = Object.values(mutantsByChecks).flat();
