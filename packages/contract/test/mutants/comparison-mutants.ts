import type { Behavior, ProviderRequest } from "./behavior.ts";
import type { Mutant, MutantRow } from "./mutant.ts";
import { mutantsOf, asLog, overTime, documentWith, live } from "./mutant.ts";
import { ids, liveLog, logs } from "./world.ts";

/** Takes the id of the path from elsewhere, where it is there. */
function readsIdFrom(read: (request: ProviderRequest) => string | null | undefined): Behavior {
  return {
    find: ({ request, id, tenant, workspaceId }, plain) => {
      const other = read(request) ?? id;
      return other === id
        ? plain
        : logs.find((log) => log.id === other && workspaceId === tenant?.workspaceId);
    },
  };
}

/** Takes the workspace of the path from elsewhere, where it is there. */
function readsWorkspaceFrom(
  read: (request: ProviderRequest) => string | null | undefined,
): Behavior {
  return {
    find: ({ request, workspaceId }, plain) =>
      (read(request) ?? workspaceId) === workspaceId ? plain : undefined,
  };
}

/** Providers that let something else than the path say what is read. */
const overriding: readonly MutantRow[] = (
  [
    ["query-id", "takes the id from the query", readsIdFrom(({ query }) => query.get("id"))],
    [
      "query-id-list",
      "takes the id from a list in the query",
      readsIdFrom(({ query }) => query.get("id[]")),
    ],
    [
      "query-id-last",
      "merges path and query, and the last value wins",
      readsIdFrom(({ query }) => query.getAll("id").at(-1)),
    ],
    [
      "query-workspace",
      "takes the workspace from the query",
      readsWorkspaceFrom(({ query }) => query.get("workspaceId")),
    ],
    [
      "query-workspace-snake",
      "takes the workspace from workspace_id in the query",
      readsWorkspaceFrom(({ query }) => query.get("workspace_id")),
    ],
    [
      "header-workspace",
      "takes the workspace from a header of its gateway",
      readsWorkspaceFrom(({ headers }) => headers["x-workspace-id"]),
    ],
    [
      "header-path",
      "takes the path from a header of its gateway",
      {
        find: ({ request }, plain) =>
          (request.headers["x-original-url"] ?? request.path) === request.path ? plain : undefined,
      },
    ],
    [
      "query-filters",
      "takes any field in the query for a condition",
      { find: ({ request }, plain) => (request.query.has("status") ? undefined : plain) },
    ],
    [
      "query-replaces-fields",
      "writes the query into the log",
      {
        log: (log, { request }) =>
          request.query.has("correlationId") ? { ...log, correlationId: "f".repeat(32) } : log,
      },
    ],
  ] satisfies readonly (readonly [string, string, Behavior])[]
).map(([id, does, behavior]) => [id, does, "query/overrides-path", behavior]);

const bothOverTime = { ...overTime, operationIds: undefined };

/** Providers whose responses do not agree with each other. */
export const comparisonMutants: readonly Mutant[] = mutantsOf([
  ...overriding,
  [
    "unstable-get",
    "answers from one of two replicas",
    "read/unstable",
    {
      log: (log, { readings }) =>
        log.id === ids.stopped && readings % 2 === 1 ? { ...log, correlationId: null } : log,
    },
    bothOverTime,
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
    bothOverTime,
  ],
  [
    "pipeline-changes",
    "changes the pipeline of a running log",
    "read/unstable",
    live((_log, readings) => ({
      ingestionPipelineId: `pipe_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f1${readings % 10}`,
    })),
    bothOverTime,
  ],
  [
    "status-goes-back-unruled",
    "goes back to an earlier status where no invariant forbids it",
    "lifecycle/not-followed",
    { live: (readings) => liveLog(readings === 4 ? 1 : readings) },
    { ...overTime, document: documentWith('"x-invariants":', '"x-other":') },
  ],
]);
