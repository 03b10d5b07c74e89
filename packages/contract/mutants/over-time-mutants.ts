import type { Mutant } from "./mutant.ts";
import { asLog, mutantsOf } from "./mutant.ts";
import type { SyncLog } from "./world.ts";
import { ids, liveLog } from "./world.ts";

/** Readings of the live log, where every one but the first `from` is changed. */
function live(
  change: (log: SyncLog, readings: number) => Readonly<Record<string, unknown>>,
  from = 1,
): Mutant["behavior"] {
  return {
    live: (readings) =>
      readings < from
        ? liveLog(readings)
        : asLog(liveLog(readings), change(liveLog(readings), readings)),
  };
}

/** Providers that are right each time, and wrong from one time to the next. */
export const overTimeMutants: readonly Mutant[] = mutantsOf([
  [
    "status-goes-back",
    "goes back from ingesting to preparing",
    "invariant/lifecycle-is-followed",
    { live: (readings) => liveLog(readings === 4 ? 1 : readings) },
  ],
  [
    "status-leaves-end",
    "leaves completed again",
    "invariant/lifecycle-is-followed",
    { live: (readings) => liveLog(readings === 6 ? 3 : readings) },
  ],
  [
    "ingested-falls",
    "loses ingested records",
    "invariant/ingested-never-falls",
    live((log, readings) =>
      readings === 4 ? { recordsIngested: 100 } : { recordsIngested: log["recordsIngested"] },
    ),
  ],
  [
    "creation-moves",
    "moves createdAt with every reading",
    "invariant/creation-never-changes",
    live((_log, readings) => ({
      createdAt: `2026-03-01T08:00:00.00${readings}Z`,
      updatedAt: "2026-03-01T08:10:00.000Z",
    })),
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
  ],
  [
    "update-after-end",
    "updates what has ended",
    "invariant/terminal-never-changes",
    {
      log: (log, { readings }) =>
        log.id === ids.failed ? { ...log, updatedAt: `2026-03-01T08:10:0${readings % 10}Z` } : log,
    },
  ],
  [
    "unstable-get",
    "answers from one of two replicas",
    "read/unstable",
    {
      log: (log, { readings }) =>
        log.id === ids.stopped && readings % 2 === 1 ? { ...log, correlationId: null } : log,
    },
  ],
  [
    "live-replica-lag",
    "returns to an earlier state without a step back in status",
    "read/unstable",
    {
      live: (readings) =>
        asLog(liveLog(Math.min(readings, 3)), {
          status: "ingesting",
          startedAt: "2026-03-01T08:00:05.000Z",
          recordsIngested: null,
          workflowId: readings % 2 === 0 ? "a" : "b",
        }),
    },
  ],
  [
    "pipeline-changes",
    "changes the pipeline of a running log",
    "read/unstable",
    live((_log, readings) => ({
      ingestionPipelineId: `pipe_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f1${readings % 10}`,
    })),
  ],
  [
    "flickers",
    "does not find a log every fourth time",
    "read/known-resource-not-served",
    {
      find: ({ id, readings, requests }, plain) =>
        id === ids.failed && readings === 2 && requests > 3 ? undefined : plain,
    },
  ],
  [
    "fails-now-and-then",
    "fails at the seventh request",
    "read/server-error",
    {
      route: (_request, requests) =>
        requests === 6
          ? {
              status: 500,
              headers: { "content-type": "application/json" },
              body: { statusCode: 500, message: "Internal Server Error" },
            }
          : undefined,
    },
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
  ],
]);
