import { describe, expect, test } from "vitest";
import type { Editable } from "./support/base-document.ts";
import type { LawRow } from "./support/law-row.ts";
import { named, getPet, pet, rate } from "./support/law-row.ts";

const invariants = (): Editable => [
  { id: "has-id", rule: "self.id != ''", message: "It has no id.", severity: "error" },
];

/** Statuses that come to an end, and something that is always true. */
function ruled(document: Editable): void {
  pet(document)["x-lifecycle"] = {
    property: "status",
    initial: "free",
    order: ["free", "taken"],
    terminal: { taken: "success" },
  };
  pet(document)["x-invariants"] = invariants();
}

const rows: readonly LawRow[] = [
  [
    "a description",
    "patch",
    "description-changed",
    (d) => (pet(d).properties.born.description = "Birthday."),
  ],
  [
    "an operation is deprecated",
    "minor",
    "deprecated-changed",
    (d) => (getPet(d).deprecated = true),
  ],
  [
    "a list in the query is written in another way",
    "major",
    "request-parameter-style-changed",
    (d) => {
      getPet(d).parameters.push({ name: "tags", in: "query", schema: { type: "array" } });
    },
    (d) => (getPet(d).parameters.at(-1).explode = false),
  ],
  ["a tag", "patch", "tags-changed", (d) => (getPet(d).tags = ["pets"])],
  [
    "a later end of what is deprecated",
    "minor",
    "sunset-changed",
    (d) => Object.assign(getPet(d), { deprecated: true, "x-sunset": "2030-01-01" }),
    (d) => (getPet(d)["x-sunset"] = "2031-01-01"),
  ],
  [
    "an earlier end of what is deprecated",
    "major",
    "sunset-changed",
    (d) => Object.assign(getPet(d), { deprecated: true, "x-sunset": "2030-01-01" }),
    (d) => (getPet(d)["x-sunset"] = "2029-01-01"),
  ],
  [
    "an end that cannot be read",
    "major",
    "sunset-changed",
    (d) => Object.assign(getPet(d), { deprecated: true, "x-sunset": "2030-01-01" }),
    (d) => (getPet(d)["x-sunset"] = "soon"),
  ],
  [
    "less stability",
    "major",
    "stability-level-changed",
    (d) => (getPet(d)["x-stability-level"] = "beta"),
  ],
  [
    "the outcome of a status",
    "major",
    "outcome-changed",
    ruled,
    (d) => (pet(d)["x-lifecycle"].terminal.taken = "failure"),
  ],
  [
    "a status becomes terminal",
    "minor",
    "terminal-status-added",
    ruled,
    (d) => (pet(d)["x-lifecycle"].terminal.free = "failure"),
  ],
  [
    "a status is no longer terminal",
    "major",
    "terminal-status-removed",
    (d) => {
      ruled(d);
      pet(d)["x-lifecycle"].terminal.free = "failure";
    },
    (d) => delete pet(d)["x-lifecycle"].terminal.free,
  ],
  [
    "another order of statuses",
    "minor",
    "order-changed",
    ruled,
    (d) => (pet(d)["x-lifecycle"].order = ["taken", "free"]),
  ],
  [
    "an invariant is added",
    "minor",
    "invariant-added",
    (d) => (pet(d)["x-invariants"] = invariants()),
  ],
  [
    "an invariant is removed",
    "major",
    "invariant-removed",
    ruled,
    (d) => delete pet(d)["x-invariants"],
  ],
  [
    "another rule of an invariant",
    "minor",
    "invariant-rule-changed",
    ruled,
    (d) => (pet(d)["x-invariants"][0].rule = "self.id != 'b'"),
  ],
  [
    "an invariant only warns",
    "major",
    "invariant-severity-changed",
    ruled,
    (d) => (pet(d)["x-invariants"][0].severity = "warning"),
  ],
  [
    "another message of an invariant",
    "patch",
    "invariant-message-changed",
    ruled,
    (d) => (pet(d)["x-invariants"][0].message = "No id."),
  ],
  [
    "an example",
    "patch",
    "example-changed",
    (d) =>
      (getPet(d).responses[200].content["application/json"].examples = {
        one: { value: { rooms: 1800 } },
      }),
    (d) => (getPet(d).responses[200].content["application/json"].examples.one.value.rooms = 1900),
  ],
];

describe("the bump that a change of a rule or an announcement needs", () => {
  test.each(rows.map(named))("%s: %s", (_, bump, row) => {
    const found = rate(row);
    expect(found).toMatchObject({ bump });
    expect(found.ids).toEqual(expect.arrayContaining([row[2]]));
  });
});
