import { inModule } from "./kept.ts";
import { isListPath, listOf, ofLogs, onList, onRequest, shows } from "./list-behaviors.ts";
import type { Mutant, MutantRow } from "./mutant.ts";
import { failure, mutantsOf, sentKeys } from "./mutant.ts";
import { errorReply, tenantOfKey } from "./start-provider.ts";
import { ids, logs, other, own } from "./world.ts";

const rows: readonly MutantRow[] = [
  // Whose list it is.
  [
    "list-of-all-tenants",
    "lists the logs of all tenants",
    "invariant/listed-in-their-workspace",
    ofLogs(() => [...logs]),
    shows(),
  ],
  [
    "list-relabelled",
    "lists another tenant's log as one of the own workspace",
    "list/item-not-served",
    ofLogs((all) => [
      ...all,
      ...listOf(other.workspaceId).map((log) => ({ ...log, workspaceId: own.workspaceId })),
    ]),
    shows("access"),
  ],
  [
    "list-of-any-workspace",
    "lists the workspace that is asked for, whoever asks",
    "access/foreign-owner-served",
    { list: ({ workspaceId }) => listOf(workspaceId) },
    shows("access"),
  ],
  [
    "list-empty-for-malformed-only",
    "lists nothing of a workspace id that is none, and knows of every other one whether it exists",
    "path/malformed-accepted",
    {
      isValid: (name, _value, plain) => plain || name === "workspaceId",
      list: ({ workspaceId }, plain) =>
        plain ?? (/^ws_[0-9a-f-]{36}$/.test(workspaceId) ? undefined : []),
    },
    shows("access", "path"),
  ],
  [
    "list-with-foreign-id",
    "names another tenant's log in the message of an own one, in the list and by its id",
    "access/foreign-data-leaked",
    {
      log: (log) =>
        log.id === ids.failed ? { ...log, errorMessage: `As in (${ids.foreign})` } : log,
    },
    shows("access"),
  ],
  [
    "list-by-key",
    "lists the workspace of the key, whatever is asked for",
    "access/owner-ignored",
    { list: ({ tenant }) => listOf(tenant?.workspaceId ?? "") },
    shows("access"),
  ],
  [
    "list-for-other-key",
    "opens the list to every known key",
    "access/other-key-served",
    {
      list: ({ workspaceId, tenant }, plain) =>
        tenant === other && workspaceId === own.workspaceId ? listOf(workspaceId) : plain,
    },
    shows("access"),
  ],
  [
    "list-cached-for-all",
    "caches the list by its path, for whatever key",
    "access/other-key-served",
    inModule((kept) => ({
      list: ({ workspaceId }, plain) => {
        if (workspaceId !== own.workspaceId) return plain;
        kept.logs ??= plain;
        return kept.logs;
      },
    })),
    shows("access"),
  ],
  [
    "list-without-key",
    "lists without a key",
    "auth/missing-key-accepted",
    { authenticate: (request, plain) => (isListPath(request) ? (plain ?? own) : plain) },
    shows("auth"),
  ],
  [
    "list-with-slash-open",
    "lists without a key where a slash is behind the path",
    "auth/missing-key-accepted",
    {
      route: ({ path, headers }) =>
        path.endsWith("/sync-logs/") && headers["x-api-key"] === undefined
          ? {
              status: 200,
              headers: { "content-type": "application/json" },
              body: listOf(own.workspaceId),
            }
          : undefined,
    },
    shows("auth"),
  ],
  [
    "list-for-any-key",
    "lists for any key",
    "auth/wrong-key-accepted",
    {
      authenticate: (request, plain) =>
        isListPath(request) && sentKeys(request).length > 0 ? (plain ?? own) : plain,
    },
    shows("auth"),
  ],
  [
    "list-key-in-query",
    "takes the key of the list from the query",
    "auth/key-in-query-accepted",
    {
      authenticate: (request, plain) =>
        plain ??
        (isListPath(request) ? tenantOfKey(request.query.get("api_key") ?? undefined) : undefined),
    },
    shows("auth"),
  ],
  [
    "list-404-without-key",
    "answers 404 where the key of the list is missing",
    "auth/unauthenticated-status",
    onRequest((request) =>
      sentKeys(request).length === 0 ? errorReply(404, "Workspace not found") : undefined,
    ),
    shows("auth"),
  ],
  [
    "list-foreign-empty",
    "answers a foreign workspace with an empty list, and an absent one with 404",
    "access/foreign-owner-distinguishable",
    {
      list: ({ workspaceId }, plain) => (workspaceId === other.workspaceId ? (plain ?? []) : plain),
    },
    shows("access"),
  ],
  [
    "list-foreign-403",
    "answers 403 for the list of a foreign workspace",
    "status/undocumented",
    {
      reply: (reply, { isList, workspaceId, tenant }) =>
        isList && workspaceId === other.workspaceId && tenant === own
          ? errorReply(403, "Forbidden")
          : reply,
    },
    shows("access"),
  ],
  [
    "list-of-query",
    "lists the workspace that the query names",
    "query/overrides-path",
    {
      list: ({ request, tenant }, plain) => {
        const asked = request.query.get("workspaceId");
        return asked === null ? plain : listOf(asked === tenant?.workspaceId ? asked : "");
      },
    },
    shows("query"),
  ],
  [
    "list-wrong-case",
    "lists a workspace by its id in capitals",
    "path/wrong-case-accepted",
    {
      isValid: (name, value, plain) => plain || (name === "workspaceId" && /^ws_/i.test(value)),
      list: ({ workspaceId, tenant }) =>
        workspaceId.toLowerCase() === tenant?.workspaceId ? listOf(tenant.workspaceId) : undefined,
    },
    shows("path"),
  ],
  [
    "list-key-echoed",
    "repeats the key in a header of the list",
    "leak/key-reflected",
    onList(({ headers }, { request }) => ({
      headers: { ...headers, "x-debug": sentKeys(request).join() },
    })),
    shows(),
  ],
  [
    "list-kept-by-caches",
    "lets every cache keep the list",
    "leak/cacheable-by-others",
    onList(({ headers }) => ({ headers: { ...headers, "cache-control": "public, max-age=60" } })),
    shows(),
  ],
  // How it is asked for.
  [
    "list-not-there",
    "does not serve the list",
    "read/known-resource-not-served",
    onRequest(() => errorReply(404, "Cannot GET")),
    shows(),
  ],
  ["list-fails", "fails on lists", "read/server-error", onRequest(() => failure), shows()],
  [
    "list-empty-204",
    "answers the list with 204",
    "status/undocumented",
    onList(({ headers }) => ({ status: 204, body: undefined, headers })),
    shows(),
  ],
  [
    "list-error-text",
    "has an error of its own for lists",
    "schema/required",
    {
      reply: (reply, { isList }) =>
        isList && reply.status === 404 ? { ...reply, body: { error: "no such workspace" } } : reply,
    },
    shows("access"),
  ],
  [
    "list-head-404",
    "knows no HEAD for lists, and says that they are not there",
    "head/status-differs",
    onRequest(({ method }) => (method === "HEAD" ? errorReply(404, "Not Found") : undefined)),
    shows("head"),
  ],
  [
    "list-405-without-allow",
    "refuses to add to the list without Allow",
    "method/405-without-allow",
    onRequest(({ method }) =>
      method === "POST" ? errorReply(405, "Method Not Allowed") : undefined,
    ),
    shows("method"),
  ],
  [
    "list-post-served",
    "lists on POST as well",
    "method/undocumented-method-served",
    onRequest(({ method }) =>
      method === "POST"
        ? { status: 200, headers: { "content-type": "application/json" }, body: [] }
        : undefined,
    ),
    shows("method"),
  ],
  [
    "list-constant-etag",
    "has one ETag for all states of the list",
    "conditional/etag-unchanged",
    onList(({ headers }) => ({ headers: { ...headers, etag: '"list"' } })),
    shows(),
  ],
  [
    "list-304-always",
    "answers any condition on the list with 304",
    "conditional/unjustified-304",
    onRequest(({ headers }) =>
      headers["if-none-match"] === undefined || headers["x-api-key"] !== own.key
        ? undefined
        : { status: 304, headers: { etag: headers["if-none-match"] } },
    ),
    shows("conditional"),
  ],
  [
    "list-fails-on-unicode",
    "fails on a workspace with letters that an id cannot have",
    "path/server-error",
    // oxlint-disable-next-line no-control-regex -- these are what it cannot read
    onRequest(({ path }) => (/%E|[^\u0000-\u007f]/.test(path) ? failure : undefined)),
    shows("path"),
  ],
];

/** Providers whose list is for the wrong caller, or asked for in the wrong way. */
export const listRequestMutants: readonly Mutant[] = mutantsOf(rows);
