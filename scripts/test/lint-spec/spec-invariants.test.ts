import { readdirSync, readFileSync } from "node:fs";
import type { ResponseReport } from "@qontext/sync-log-document";
import { collectRules, loadDocument } from "@qontext/sync-log-document";
import { describe, expect, it } from "vitest";

const specs = new URL("../../../specs/", import.meta.url);
const book = collectRules(await loadDocument(new URL("openapi.yaml", specs)));

function example(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`examples/${name}.json`, specs), "utf8"));
}

const [pending, ingesting, completed, failed] = ["pending", "ingesting", "completed", "failed"].map(
  example,
);
const path = { id: completed?.["id"], workspaceId: completed?.["workspaceId"] };

function check(self: unknown, oldSelf?: unknown): ResponseReport {
  return book
    .rulesFor("getSyncLog", 200)
    .check({ self, oldSelf, request: { path }, response: { status: 200 } });
}

function broken(self: unknown, oldSelf?: unknown): readonly string[] {
  return check(self, oldSelf).violations.map(({ id, kind }) =>
    kind === "violated" ? id : `${id}?`,
  );
}

type Body = Readonly<Record<string, unknown>> | undefined;

/** A body that breaks an invariant of one moment, and no other. */
const wrongBodies: readonly (readonly [id: string, body: Body])[] = [
  ["id-matches-path", { ...completed, id: "sync_00000000-0000-0000-0000-000000000000" }],
  [
    "workspace-matches-path",
    { ...completed, workspaceId: "ws_00000000-0000-0000-0000-000000000000" },
  ],
  ["ingested-within-total", { ...completed, recordsIngested: 1801 }],
  ["prepared-after-start", { ...completed, startedAt: "2021-01-01T00:01:00.0000001Z" }],
  [
    "completed-after-preparation",
    { ...completed, preparationCompletedAt: "2021-01-01T01:10:01+01:00" },
  ],
  [
    "completed-after-start",
    { ...completed, preparationCompletedAt: null, startedAt: "2021-01-01T00:10:00.001Z" },
  ],
  ["updated-after-creation", { ...completed, createdAt: "2021-01-01T00:10:00.001Z" }],
  ["completed-has-completed-at", { ...completed, completedAt: null }],
  ["completed-has-completed-at", without(completed, "completedAt")],
  ["running-has-no-completed-at", { ...pending, completedAt: "2021-01-01T00:00:00Z" }],
  ["failed-has-error-message", { ...failed, errorMessage: null }],
  ["failed-has-error-message", without(failed, "errorMessage")],
  ["completed-has-no-error", { ...completed, errorMessage: "Failed" }],
  ["completed-has-no-error", { ...completed, userFacingErrorMessage: "Failed" }],
];

/** Two bodies, of which the later breaks an invariant over time, and no other. */
const wrongPairs: readonly (readonly [id: string, before: Body, after: Body])[] = [
  ["lifecycle-is-followed", ingesting, { ...ingesting, status: "preparing" }],
  ["ingested-never-falls", ingesting, { ...ingesting, recordsIngested: 449 }],
  ["creation-never-changes", ingesting, { ...ingesting, createdAt: "2020-12-31T23:59:59Z" }],
  ["terminal-never-changes", failed, { ...failed, updatedAt: "2021-01-01T00:05:01Z" }],
  ["terminal-never-changes", failed, { ...failed, fieldOfTomorrow: 1 }],
];

const wrongErrors: readonly (readonly [id: string, status: number])[] = [
  ["error-status-matches", 400],
];

function without(body: Body, name: string): Body {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([key]) => key !== name));
}

describe("an invariant of the spec", () => {
  it.each(wrongBodies)("%s is broken by %o alone", (id, body) => {
    expect(broken(body)).toEqual([id]);
  });

  it.each(wrongPairs)("%s is broken over time", (id, before, after) => {
    expect(broken(before, before)).toEqual([]);
    expect(broken(after, before)).toEqual([id]);
  });

  it.each(wrongErrors)("%s is broken by an error with another status", (id, status) => {
    const report = book
      .rulesFor("getSyncLog", 404)
      .check({ self: example("not-found"), response: { status } });
    expect(report.violations).toMatchObject([{ id, kind: "violated" }]);
  });

  it("can be broken, each of them", () => {
    const shown = new Set([...wrongBodies, ...wrongPairs, ...wrongErrors].map(([id]) => id));
    const sites = [
      ...book.rulesFor("getSyncLog", 200).sites,
      ...book.rulesFor("getSyncLog", 404).sites,
    ];
    const all = sites.flatMap(({ invariants }) => invariants.invariants.map(({ id }) => id));
    expect([...shown].toSorted()).toEqual(all.toSorted());
  });
});

describe("no invariant of the spec is broken by", () => {
  const optional = readdirSync(new URL("examples/", specs))
    .map((file) => file.replace(".json", ""))
    .filter((name) => example(name)["status"] !== undefined && name !== "documentation");

  it.each(optional)("the example %s with its nulls left out", (name) => {
    const sparse = Object.fromEntries(
      Object.entries(example(name)).filter(([, value]) => value !== null),
    );
    expect(broken(sparse)).toEqual([]);
    expect(broken(sparse, sparse)).toEqual([]);
  });

  it.each([
    ["fields of tomorrow", { ...completed, fieldOfTomorrow: { a: [1] } }],
    ["a type of tomorrow", { ...completed, type: "nightly_sync" }],
    ["an offset", { ...completed, completedAt: "2021-01-01T02:10:00+02:00" }],
    [
      "equal instants",
      { ...completed, startedAt: completed?.["completedAt"], preparationCompletedAt: null },
    ],
    ["nothing to ingest", { ...completed, totalRecordsToIngest: 0, recordsIngested: 0 }],
    ["a skipped sync without completedAt", { ...pending, status: "skipped" }],
  ])("%s", (_what, body) => {
    expect(broken(body)).toEqual([]);
  });

  it.each([
    ["a status that was left out", pending, completed],
    ["a status of tomorrow", pending, { ...pending, status: "verifying" }],
    ["a status after one of tomorrow", { ...pending, status: "verifying" }, ingesting],
    [
      "a createdAt that is written in another way",
      pending,
      { ...pending, createdAt: "2021-01-01T01:00:00+01:00" },
    ],
    ["another key order", failed, Object.fromEntries(Object.entries(failed ?? {}).toReversed())],
  ])("%s", (_what, before, after) => {
    expect(broken(after, before)).toEqual([]);
  });
});
