import { asBody, eachTime, inItem, ofLogs, onList, shows } from "./list-behaviors.ts";
import type { Mutant, MutantRow } from "./mutant.ts";
import { completed, mutantsOf } from "./mutant.ts";
import { ids, liveLog } from "./world.ts";

const rows: readonly MutantRow[] = [
  // Which records are there.
  [
    "list-without-failed",
    "leaves failed logs out of the list",
    "list/item-missing",
    ofLogs((all) => all.filter(({ id }) => id !== ids.failed)),
    shows(),
  ],
  [
    "list-of-two",
    "ends the list after two logs, and does not say so",
    "list/item-missing",
    ofLogs((all) => all.slice(0, 2)),
    shows(),
  ],
  [
    "list-of-running",
    "lists only what has not ended",
    "list/item-missing",
    ofLogs((all) => all.filter(({ id }) => id === ids.live)),
    shows(),
  ],
  ["list-always-empty", "lists nothing", "list/item-missing", ofLogs(() => []), shows()],
  [
    "list-loses-items",
    "lists a log only the first times",
    "list/item-missing",
    {
      list: ({ requests }, plain) =>
        requests < 12 ? plain : plain?.filter(({ id }) => id !== ids.skipped),
    },
    shows(),
  ],
  [
    "list-with-double",
    "lists a log twice",
    "invariant/listed-once",
    ofLogs((all) => [...all, ...all.slice(0, 1)]),
    shows(),
  ],
  [
    "list-with-ghost",
    "lists a log that is not served by its id",
    "list/item-not-served",
    ofLogs((all) => [...all, { ...completed, id: "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000aa" }]),
    shows(),
  ],
  [
    "list-with-deleted",
    "lists a log whose details are gone",
    "list/item-not-served",
    {
      ...ofLogs((all) => [...all, { ...completed, id: ids.foreign }]),
    },
    shows(),
  ],
  [
    "list-with-late-ghost",
    "lists a log while others run that is not served by its id",
    "list/item-not-served",
    ofLogs((all) =>
      all.some(({ id, status }) => id === ids.live && status === "ingesting")
        ? [...all, { ...completed, id: "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000ab" }]
        : all,
    ),
    { ...shows(), watchSeconds: 8 },
  ],
  // What an item says.
  [
    "list-behind",
    "shows every running log in the list as it was created",
    "invariant/lifecycle-is-followed",
    inItem(() => liveLog(0), ids.live),
    shows(),
  ],
  [
    "list-ahead",
    "lists a running log as completed",
    "invariant/lifecycle-is-followed",
    inItem(() => liveLog(5), ids.live),
    shows(),
  ],
  [
    "list-runs-after-end",
    "lists a completed log as still running",
    "invariant/lifecycle-is-followed",
    inItem(() => ({ status: "ingesting", completedAt: null }), ids.completed),
    shows(),
  ],
  [
    "list-failed-as-stopped",
    "lists a failed log as stopped",
    "invariant/terminal-never-changes",
    inItem(() => ({ status: "stopped" }), ids.failed),
    shows(),
  ],
  [
    "list-counts-less",
    "has a count in the list that is behind",
    "invariant/ingested-never-falls",
    inItem(({ recordsIngested }) => ({
      recordsIngested: typeof recordsIngested === "number" ? Math.floor(recordsIngested / 2) : null,
    })),
    shows(),
  ],
  [
    "list-created-later",
    "has another createdAt in the list",
    "invariant/creation-never-changes",
    inItem(() => ({ createdAt: "2026-03-01T07:59:00.000Z" })),
    shows(),
  ],
  [
    "list-wrong-offset",
    "writes the times of UTC in the list with the offset of its server",
    "invariant/creation-never-changes",
    inItem((log) => eachTime(log, (text) => text.replace(/Z$/, "+02:00"))),
    shows(),
  ],
  [
    "list-other-message",
    "has another error message in the list",
    "list/item-differs",
    inItem(() => ({ errorMessage: "Something failed" }), ids.failed),
    shows(),
  ],
  [
    "list-summary",
    "leaves counts out of the list",
    "list/item-differs",
    inItem(() => ({ recordsIngested: undefined, totalRecordsToIngest: undefined })),
    shows(),
  ],
  [
    "list-other-pipeline",
    "names another pipeline in the list",
    "list/item-differs",
    inItem(() => ({ ingestionPipelineId: "pipe_00000000-0000-4000-8000-000000000001" }), ids.live),
    shows(),
  ],
  [
    "list-items-shifted",
    "has the contents of one log under the id of the next",
    "list/item-differs",
    ofLogs((all) => all.map((log, index) => ({ ...(all.at(index - 1) ?? log), id: log.id }))),
    shows(),
  ],
  [
    "list-invalid-item",
    "lists a completed log without its end",
    "invariant/completed-has-completed-at",
    inItem(() => ({ completedAt: null }), ids.completed),
    shows(),
  ],
  [
    "list-unknown-status",
    "has statuses of its own in the list",
    "schema/enum",
    inItem(() => ({ status: "done" })),
    shows(),
  ],
  [
    "list-local-times",
    "writes times in the list without an offset",
    "schema/format",
    inItem(() => ({ updatedAt: "2026-03-01 08:10:00" })),
    shows(),
  ],
  [
    "list-number-ids",
    "has numbers for ids in the list",
    "schema/type",
    inItem(() => ({ id: 7 })),
    shows(),
  ],
  [
    "list-without-workspace",
    "leaves the workspace out of items",
    "schema/required",
    inItem(() => ({ workspaceId: undefined })),
    shows(),
  ],
  [
    "list-more-fields",
    "has a field in the list that is not documented",
    "schema/undocumented-property",
    inItem(() => ({ rank: 1 })),
    shows(),
  ],
  [
    "list-with-token",
    "shows a token of its own in items",
    "leak/secret",
    inItem(() => ({ sourceToken: "ghp_16C7e42F292c6912E7710c838347Ae178B4a" })),
    shows(),
  ],
  // What is in the body.
  [
    "list-wrapped",
    "wraps the list into an object",
    "schema/type",
    asBody((items) => ({ items })),
    shows(),
  ],
  [
    "list-first-only",
    "sends the only item instead of a list",
    "schema/type",
    asBody(([one]) => one),
    shows(),
  ],
  ["list-null", "sends null for a list", "schema/type", asBody(() => null), shows()],
  [
    "list-null-item",
    "has null in the list",
    "schema/type",
    asBody((items) => [...items, null]),
    shows(),
  ],
  [
    "list-by-id",
    "sends an object with the ids as its names",
    "schema/type",
    asBody((items) => Object.fromEntries(items.map((item, index) => [index, item]))),
    shows(),
  ],
  [
    "list-of-ids",
    "lists ids instead of logs",
    "schema/type",
    asBody((items) => items.map((item) => Reflect.get(Object(item), "id"))),
    shows(),
  ],
  [
    "list-in-lines",
    "sends a JSON text in each line",
    "json/trailing-bytes",
    asBody((items) => items.map((item) => JSON.stringify(item)).join("\n")),
    shows(),
  ],
  [
    "list-with-comma",
    "writes the list by hand, with a comma at its end",
    "json/invalid",
    asBody((items) => `[${items.map((item) => `${JSON.stringify(item)},`).join("")}]`),
    shows(),
  ],
  [
    "list-as-text",
    "sends the list as text",
    "media-type/undocumented",
    onList(({ headers }) => ({ headers: { ...headers, "content-type": "text/plain" } })),
    shows(),
  ],
];

/** Providers whose list has other records than there are, or is another body, and whose single log has no bug. */
export const listMutants: readonly Mutant[] = mutantsOf(rows);
