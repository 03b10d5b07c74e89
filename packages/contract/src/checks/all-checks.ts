import type { Specification } from "../specification.ts";
import { cacheChecks } from "./cache-checks.ts";
import type { Check } from "./check.ts";
import { comparisonChecks } from "./comparison-checks.ts";
import { concurrencyChecks } from "./concurrency-checks.ts";
import { expectationChecks } from "./expectation-checks.ts";
import { headerChecks } from "./header-checks.ts";
import { invariantChecks } from "./invariant-checks.ts";
import { jsonChecks } from "./json-checks.ts";
import { leakChecks } from "./leak-checks.ts";
import { listChecks } from "./list-checks.ts";
import { protocolChecks } from "./protocol-checks.ts";
import { representationChecks } from "./representation-checks.ts";
import { schemaChecks } from "./schema-checks.ts";
import { statusChecks } from "./status-checks.ts";
import { toldApartChecks } from "./told-apart-checks.ts";
import { wireChecks } from "./wire-checks.ts";

/** Every check, those that the document's own rules ask for among them. */
export function allChecks(specification: Specification): readonly Check[] {
  return [
    ...wireChecks,
    ...statusChecks,
    ...headerChecks,
    ...jsonChecks,
    ...schemaChecks(specification),
    ...invariantChecks(specification),
    ...comparisonChecks,
    ...listChecks,
    ...toldApartChecks,
    ...concurrencyChecks,
    ...representationChecks,
    ...cacheChecks,
    ...expectationChecks,
    ...protocolChecks,
    ...leakChecks,
  ];
}
