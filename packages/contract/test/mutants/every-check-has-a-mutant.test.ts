import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { allChecks } from "../../src/checks/all-checks.ts";
import type { Check } from "../../src/checks/check.ts";
import { cacheChecks } from "../../src/checks/cache-checks.ts";
import { comparisonChecks } from "../../src/checks/comparison-checks.ts";
import { concurrencyChecks } from "../../src/checks/concurrency-checks.ts";
import { expectationChecks } from "../../src/checks/expectation-checks.ts";
import { headerChecks } from "../../src/checks/header-checks.ts";
import { invariantChecks } from "../../src/checks/invariant-checks.ts";
import { jsonChecks } from "../../src/checks/json-checks.ts";
import { leakChecks } from "../../src/checks/leak-checks.ts";
import { listChecks } from "../../src/checks/list-checks.ts";
import { protocolChecks } from "../../src/checks/protocol-checks.ts";
import { representationChecks } from "../../src/checks/representation-checks.ts";
import { schemaChecks } from "../../src/checks/schema-checks.ts";
import { statusChecks } from "../../src/checks/status-checks.ts";
import { toldApartChecks } from "../../src/checks/told-apart-checks.ts";
import { wireChecks } from "../../src/checks/wire-checks.ts";
import { createSpecification } from "../../src/specification.ts";
import { allMutants, mutantsByChecks } from "./all-mutants.ts";
import { documentWith } from "./mutant.ts";

const specification = createSpecification();

/** The checks, by the file they are in. */
const checksByFile: Readonly<Record<string, readonly Check[]>> = {
  cache: cacheChecks,
  comparison: comparisonChecks,
  concurrency: concurrencyChecks,
  expectation: expectationChecks,
  header: headerChecks,
  invariant: invariantChecks(specification),
  json: jsonChecks,
  leak: leakChecks,
  // What a list can do wrong is what a response can, and what it can say of its items.
  list: [...listChecks, ...allChecks(specification)],
  protocol: protocolChecks,
  representation: representationChecks,
  schema: [
    ...schemaChecks(specification),
    ...schemaChecks(
      createSpecification({
        document: documentWith('"x-lifecycle":', '"additionalProperties":false,"x-lifecycle":'),
      }),
    ),
  ],
  status: statusChecks,
  "told-apart": toldApartChecks,
  wire: wireChecks,
};

const idsOf = (checks: readonly Check[]): ReadonlySet<string> =>
  new Set(checks.map(({ id }) => id));

test("every check has a mutant that it catches", () => {
  const caughtBy = new Set(allMutants.map((mutant) => mutant.caughtBy));
  const missing = [...idsOf(allChecks(specification))].filter((id) => !caughtBy.has(id));
  expect(missing).toEqual([]);
});

/** Kinds of faults that look like a correct service to most tools, by the checks that name them. */
const subtle: readonly (readonly [kind: string, checks: RegExp])[] = [
  ["callers that are mixed up", /^(?:parallel|keep-alive)\/answer/],
  ["the query replaces the path", /^query\/overrides-path/],
  ["a tenant reads another's", /^access\/.*-(?:served|ignored)$/],
  ["malformed ids that are served", /^path\/.*-accepted$/],
  ["keys that are helped along", /^auth\/(?:key-normalized|key-case|other-scheme|claimed)/],
  ["oracles", /-distinguishable$|^auth\/existence-revealed/],
  ["caches", /^cache\/|^leak\/cacheable/],
  ["a 304 or HEAD beside its 200", /^conditional\/304|^head\/(?:headers|coding)/],
  ["secrets", /^leak\/(?:secret|internal)/],
  ["headers that lie", /^leak\/header-injection|^header\/(?:date-off|http-date|retry-after)/],
];

test.each(subtle)("there are at least four mutants of the kind: %s", (_kind, checks) => {
  const sources = allMutants
    .filter(({ caughtBy }) => checks.test(caughtBy))
    .map((one) => one.source);
  expect(sources.length).toBeGreaterThanOrEqual(4);
  expect(sources).not.toContain("");
});

test("every mutant has an id of its own", () => {
  expect(new Set(allMutants.map(({ id }) => id)).size).toBe(allMutants.length);
});

test("the mutants' files mirror the checks' files", async () => {
  const files = await readdir(path.join(import.meta.dirname, "../../src/checks"));
  const names = files.flatMap((file) => /^(?!all-)(.+)-checks\.ts$/.exec(file)?.[1] ?? []);
  expect(Object.keys(mutantsByChecks).toSorted()).toEqual(names.toSorted());
  expect(Object.keys(checksByFile).toSorted()).toEqual(names.toSorted());
  for (const [name, mutants] of Object.entries(mutantsByChecks)) {
    const own = idsOf(checksByFile[name] ?? []);
    const strays = mutants.filter(({ caughtBy }) => !own.has(caughtBy)).map(({ id }) => id);
    expect([name, strays]).toEqual([name, []]);
  }
});
