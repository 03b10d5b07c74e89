import type { Reply, Situation } from "./behavior.ts";
import type { Behavior } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { logs, other, own } from "./world.ts";

/** Whether a request is for a log that exists, but not for this caller. */
function isForeign({ id, tenant }: Situation): boolean {
  const log = logs.find((one) => one.id === id);
  return log !== undefined && tenant !== undefined && log.workspaceId !== tenant.workspaceId;
}

function isForeignWorkspace({ workspaceId, tenant }: Situation): boolean {
  return tenant === own && workspaceId === other.workspaceId;
}

function exists({ id }: Situation): boolean {
  return logs.some((one) => one.id === id);
}

/** Changes refusals in one situation. */
function refusal(
  isHit: (situation: Situation) => boolean,
  change: (reply: Reply, situation: Situation) => Reply,
): Behavior {
  return {
    reply: (reply, situation) =>
      reply.status >= 400 && isHit(situation) ? change(reply, situation) : reply,
  };
}

function withHeaders(headers: Reply["headers"]): (reply: Reply) => Reply {
  return (reply) => ({ ...reply, headers: { ...reply.headers, ...headers } });
}

let requests = 0;

const notFound = (message: string): Reply => errorReply(404, message);

/** Providers that tell a caller without access what exists. */
export const toldApartMutants: readonly Mutant[] = mutantsOf(
  [
    [
      "foreign-told-apart",
      "says that the log is in another workspace",
      "access/foreign-resource-distinguishable",
      refusal(isForeign, () => notFound("This sync log belongs to another workspace")),
    ],
    [
      "foreign-code-in-text",
      "has another code in the text for a foreign log",
      "access/foreign-resource-distinguishable",
      {
        reply: (reply, situation) =>
          reply.status === 404
            ? notFound(`Not found (${isForeign(situation) ? "E1009" : "E1007"}, req-${requests++})`)
            : reply,
      },
    ],
    [
      "foreign-extra-header",
      "has a header more for a foreign log",
      "access/foreign-resource-distinguishable",
      refusal(isForeign, withHeaders({ "x-denied-by": "policy" })),
    ],
    [
      "foreign-other-header",
      "has another value in a header for a foreign log",
      "access/foreign-resource-distinguishable",
      refusal(
        () => true,
        (reply, situation) =>
          withHeaders({ "x-cache": isForeign(situation) ? "HIT" : "MISS" })(reply),
      ),
    ],
    [
      "foreign-other-order",
      "has the fields of the error in another order for a foreign log",
      "access/foreign-resource-distinguishable",
      refusal(isForeign, (reply) => ({
        ...reply,
        body: Object.fromEntries(Object.entries(Object(reply.body)).toReversed()),
      })),
    ],
    [
      "foreign-header-order",
      "has the headers in another order for a foreign log",
      "access/foreign-resource-distinguishable",
      refusal(
        () => true,
        (reply, situation) => {
          const added = [
            ["x-one", "1"],
            ["x-two", "2"],
          ] as const;
          const all = isForeign(situation) ? added.toReversed() : added;
          return { ...reply, headers: { ...reply.headers, ...Object.fromEntries(all) } };
        },
      ),
    ],
    [
      "workspace-existence-without-key",
      "has another text in the 401 for a workspace that exists",
      "auth/existence-revealed",
      refusal(
        () => true,
        (reply, { workspaceId }) =>
          reply.status === 401 && workspaceId === own.workspaceId
            ? errorReply(401, "This workspace has other keys")
            : reply,
      ),
    ],
    [
      "foreign-other-error",
      "has another field in the error for a foreign log",
      "access/foreign-resource-distinguishable",
      refusal(isForeign, (reply) => ({
        ...reply,
        body: { statusCode: 404, message: "Sync log not found" },
      })),
    ],
    [
      "foreign-cached-404",
      "lets the 404 for a foreign log be revalidated",
      "access/foreign-resource-distinguishable",
      refusal(isForeign, withHeaders({ etag: '"abc"' })),
    ],
    [
      "foreign-head-length",
      "promises the length of a foreign log on HEAD",
      "access/foreign-resource-distinguishable",
      {
        reply: (reply, situation) =>
          situation.request.method === "HEAD" && isForeign(situation)
            ? withHeaders({ "content-length": "640" })(reply)
            : reply,
      },
    ],
    [
      "foreign-condition",
      "answers 304 for a foreign log",
      "access/foreign-resource-distinguishable",
      {
        reply: (reply, situation) =>
          situation.request.headers["if-none-match"] === "*" && isForeign(situation)
            ? { status: 304, headers: {} }
            : reply,
      },
    ],
    [
      "foreign-options",
      "lists other methods for a foreign log",
      "access/foreign-resource-distinguishable",
      {
        route: ({ method, path }) =>
          method === "OPTIONS"
            ? {
                status: 204,
                headers: {
                  allow: logs.some(({ id }) => path.endsWith(id))
                    ? "GET, HEAD, OPTIONS"
                    : "OPTIONS, GET",
                },
              }
            : undefined,
      },
      { shownBy: ["options"] },
    ],
    [
      "foreign-workspace-text",
      "has another text for a foreign workspace than for an absent one",
      "access/foreign-owner-distinguishable",
      refusal(isForeignWorkspace, () => notFound("Workspace not found for this key")),
    ],
    [
      "foreign-workspace-header",
      "names its region for a foreign workspace",
      "access/foreign-owner-distinguishable",
      refusal(isForeignWorkspace, withHeaders({ "x-region": "eu-central-1" })),
    ],
    [
      "foreign-workspace-head",
      "refuses HEAD in a foreign workspace in another way",
      "access/foreign-owner-distinguishable",
      {
        reply: (reply, situation) =>
          situation.request.method === "HEAD" && isForeignWorkspace(situation)
            ? { ...reply, status: 401 }
            : reply,
      },
    ],
    [
      "foreign-both-text",
      "has another text where workspace and log are foreign",
      "access/foreign-owner-distinguishable",
      refusal(
        (situation) => isForeignWorkspace(situation) && isForeign(situation),
        () => notFound("Not shared with you"),
      ),
    ],
    [
      "options-existence",
      "answers OPTIONS with 204 or 404 without a key",
      "auth/existence-revealed",
      {
        route: ({ method, path }) =>
          method === "OPTIONS" && !logs.some(({ id }) => path.endsWith(id))
            ? notFound("Not Found")
            : undefined,
      },
      { shownBy: ["options"] },
    ],
    [
      "head-existence",
      "answers HEAD with 401 or 404 without a key",
      "auth/existence-revealed",
      {
        reply: (reply, situation) =>
          situation.request.method === "HEAD" && reply.status === 401 && !exists(situation)
            ? { ...reply, status: 404 }
            : reply,
      },
    ],
    [
      "401-text-existence",
      "has another text in the 401 for a log that exists",
      "auth/existence-revealed",
      refusal(exists, (reply) => (reply.status === 401 ? errorReply(401, "Key required") : reply)),
    ],
    [
      "401-header-existence",
      "names the realm of a log that exists",
      "auth/existence-revealed",
      refusal(exists, (reply) =>
        reply.status === 401
          ? withHeaders({ "www-authenticate": 'ApiKey realm="1"' })(reply)
          : reply,
      ),
    ],
    [
      "condition-existence",
      "answers 304 or 401 without a key",
      "auth/existence-revealed",
      {
        reply: (reply, situation) =>
          situation.request.headers["if-none-match"] === "*" && exists(situation)
            ? { status: 304, headers: {} }
            : reply,
      },
    ],
    [
      "slow-foreign-log",
      "takes longer for a foreign log",
      "access/timing-distinguishable",
      { pauseMs: (situation) => (isForeign(situation) ? 250 : 0) },
    ],
    [
      "fast-foreign-log",
      "takes longer for a log that does not exist",
      "access/timing-distinguishable",
      { pauseMs: (situation) => (exists(situation) ? 0 : 250) },
    ],
    [
      "slow-foreign-workspace",
      "takes longer for a foreign workspace",
      "access/timing-distinguishable",
      { pauseMs: (situation) => (isForeignWorkspace(situation) ? 250 : 0) },
    ],
    [
      "slow-without-key",
      "reads the log before it refuses a wrong key",
      "access/timing-distinguishable",
      {
        pauseMs: (situation) => (situation.tenant === undefined && exists(situation) ? 250 : 0),
      },
    ],
  ],
  { shownBy: ["access"] },
);
