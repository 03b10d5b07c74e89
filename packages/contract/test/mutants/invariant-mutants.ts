import type { Mutant } from "./mutant.ts";
import { mutantsOf, fields, changeLog, onStatus, overTime, live } from "./mutant.ts";
import { ids, other, liveLog } from "./world.ts";

/** Bodies that contradict an invariant, by themselves or over time. */
export const invariantMutants: readonly Mutant[] = mutantsOf([
  [
    "other-id",
    "has the id of another log",
    "invariant/id-matches-path",
    fields({ id: ids.failed }),
  ],
  [
    "other-workspace",
    "has the id of another workspace",
    "invariant/workspace-matches-path",
    fields({ workspaceId: other.workspaceId }),
  ],
  [
    "ingested-above-total",
    "has ingested more than there is",
    "invariant/ingested-within-total",
    fields({ recordsIngested: 1801 }),
  ],
  [
    "prepared-before-start",
    "was prepared before it started",
    "invariant/prepared-after-start",
    fields({ preparationCompletedAt: "2026-03-01T08:00:04.999Z" }),
  ],
  [
    "completed-before-preparation",
    "completed before it was prepared",
    "invariant/completed-after-preparation",
    fields({ completedAt: "2026-03-01T08:00:59Z" }),
  ],
  [
    "completed-before-start",
    "completed before it started",
    "invariant/completed-after-start",
    changeLog(ids.stopped, { completedAt: "2026-03-01T08:00:04Z" }),
  ],
  [
    "completed-before-start-by-offset",
    "completed before it started, as the offset shows",
    "invariant/completed-after-start",
    changeLog(ids.stopped, { completedAt: "2026-03-01T09:00:04+01:00" }),
  ],
  [
    "updated-before-creation",
    "was updated before it was created",
    "invariant/updated-after-creation",
    fields({ updatedAt: "2026-02-28T23:59:59Z" }),
  ],
  [
    "completed-without-end",
    "completed without a completedAt",
    "invariant/completed-has-completed-at",
    fields({ completedAt: null }),
  ],
  [
    "completed-without-end-field",
    "completed, and leaves completedAt out",
    "invariant/completed-has-completed-at",
    fields({ completedAt: undefined }),
  ],
  [
    "failed-without-message",
    "failed without a message",
    "invariant/failed-has-error-message",
    changeLog(ids.failed, { errorMessage: null }),
  ],
  [
    "completed-with-error",
    "completed with an error message",
    "invariant/completed-has-no-error",
    fields({ errorMessage: "Failed to connect to data source" }),
  ],
  [
    "completed-with-user-error",
    "completed with a message for the user",
    "invariant/completed-has-no-error",
    fields({ userFacingErrorMessage: "This website is not supported." }),
  ],
  [
    "running-with-end",
    "has not ended and has a completedAt",
    "invariant/running-has-no-completed-at",
    {
      log: (log) =>
        log.id === ids.live && log["status"] !== "completed"
          ? { ...log, completedAt: "2026-03-01T09:00:00Z" }
          : log,
    },
  ],
  [
    "error-status-differs",
    "names another status in the body of a 404",
    "invariant/error-status-matches",
    onStatus(404, () => ({ body: { statusCode: 400, message: "Sync log not found" } })),
  ],
  [
    "unauthorized-names-403",
    "names 403 in the body of a 401",
    "invariant/error-status-matches",
    onStatus(401, () => ({ body: { statusCode: 403, message: "Forbidden" } })),
    { shownBy: ["auth"] },
  ],
  [
    "status-goes-back",
    "goes back from ingesting to preparing",
    "invariant/lifecycle-is-followed",
    { live: (readings) => liveLog(readings === 4 ? 1 : readings) },
    overTime,
  ],
  [
    "status-leaves-end",
    "leaves completed again",
    "invariant/lifecycle-is-followed",
    { live: (readings) => liveLog(readings === 6 ? 3 : readings) },
    overTime,
  ],
  [
    "ingested-falls",
    "loses ingested records",
    "invariant/ingested-never-falls",
    live((log, readings) =>
      readings === 4 ? { recordsIngested: 100 } : { recordsIngested: log["recordsIngested"] },
    ),
    overTime,
  ],
  [
    "creation-moves",
    "moves createdAt with every reading",
    "invariant/creation-never-changes",
    live((_log, readings) => ({
      createdAt: `2026-03-01T08:00:00.00${readings}Z`,
      updatedAt: "2026-03-01T08:10:00.000Z",
    })),
    overTime,
  ],
  [
    "end-moves",
    "moves completedAt of what has ended",
    "invariant/terminal-never-changes",
    {
      log: (log, { readings }) =>
        log.id === ids.completed
          ? { ...log, completedAt: `2026-03-01T08:10:0${readings % 10}Z` }
          : log,
    },
    overTime,
  ],
  [
    "update-after-end",
    "updates what has ended",
    "invariant/terminal-never-changes",
    {
      log: (log, { readings }) =>
        log.id === ids.failed ? { ...log, updatedAt: `2026-03-01T08:10:0${readings % 10}Z` } : log,
    },
    overTime,
  ],
  [
    "completed-to-failed",
    "turns completed into failed",
    "invariant/lifecycle-is-followed",
    {
      log: (log, { readings }) =>
        log.id === ids.completed && readings > 6
          ? { ...log, status: "failed", errorMessage: "late" }
          : log,
    },
    { ...overTime, shownBy: ["read", "accept"] },
  ],
]);
