import type { Mutant } from "./mutant.ts";
import { mutantsOf, asLog, overTime, documentWith, live } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, liveLog, logs, own } from "./world.ts";

/** Providers whose responses do not agree with each other. */
export const comparisonMutants: readonly Mutant[] = mutantsOf([
  [
    "foreign-told-apart",
    "says that the log is in another workspace",
    "access/foreign-resource-distinguishable",
    {
      reply: (reply, { id, tenant }) =>
        reply.status === 404 &&
        tenant === own &&
        logs.some((log) => log.id === id && log.workspaceId !== own.workspaceId)
          ? errorReply(404, "This sync log belongs to another workspace")
          : reply,
    },
  ],
  [
    "head-404",
    "answers 404 to HEAD",
    "head/status-differs",
    {
      route: ({ method }) =>
        method === "HEAD"
          ? { status: 404, headers: { "content-type": "application/json" } }
          : undefined,
    },
  ],
  [
    "head-200-always",
    "answers 200 to every HEAD",
    "head/status-differs",
    {
      reply: (reply, { request, tenant }) =>
        request.method === "HEAD" && tenant !== undefined ? { ...reply, status: 200 } : reply,
    },
  ],
  [
    "head-other-type",
    "names another media type on HEAD",
    "head/headers-differ",
    {
      reply: (reply, { request }) =>
        request.method === "HEAD"
          ? { ...reply, headers: { ...reply.headers, "content-type": "text/plain" } }
          : reply,
    },
  ],
  [
    "head-other-length",
    "promises no bytes on HEAD",
    "head/headers-differ",
    {
      reply: (reply, { request }) =>
        request.method === "HEAD" && reply.status === 200
          ? { ...reply, headers: { ...reply.headers, "content-length": "0" } }
          : reply,
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
    overTime,
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
    overTime,
  ],
  [
    "pipeline-changes",
    "changes the pipeline of a running log",
    "read/unstable",
    live((_log, readings) => ({
      ingestionPipelineId: `pipe_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f1${readings % 10}`,
    })),
    overTime,
  ],
  [
    "status-goes-back-unruled",
    "goes back to an earlier status where no invariant forbids it",
    "lifecycle/not-followed",
    { live: (readings) => liveLog(readings === 4 ? 1 : readings) },
    { ...overTime, document: documentWith('"x-invariants":', '"x-other":') },
  ],
]);
