import type { Behavior, ProviderRequest } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, liveLog, logs, own } from "./world.ts";

const failure = errorReply(500, "Internal Server Error");
const completed = logs[0] ?? liveLog(0);

/** Serves the completed log to whatever id a pattern takes for it. */
function finds(pattern: RegExp | ((id: string) => boolean)): Behavior {
  const isTaken = (id: string): boolean =>
    typeof pattern === "function" ? pattern(id) : pattern.test(id);
  return {
    isValid: (name, value, plain) => plain || (name === "id" && isTaken(value)),
    find: ({ id, tenant, workspaceId }, plain) =>
      plain ??
      (tenant === own && workspaceId === own.workspaceId && isTaken(id) ? completed : undefined),
    log: (log, { id }) => (log === completed ? { ...log, id } : log),
  };
}

function failsOn(isHit: (request: ProviderRequest) => boolean): Behavior {
  return { route: (request) => (isHit(request) ? failure : undefined) };
}

const served = { status: 200, headers: { "content-type": "application/json" }, body: completed };

/** Providers that take an id for something that it is not, or fail on it. */
export const pathMutants: readonly Mutant[] = mutantsOf([
  [
    "wrong-prefix",
    "takes the UUID and ignores the prefix",
    "path/wrong-prefix-accepted",
    finds(
      (id) => id !== ids.completed && id.endsWith(ids.completed.slice(4)) && !id.startsWith(" "),
    ),
  ],
  [
    "wrong-case",
    "compares ids without case",
    "path/wrong-case-accepted",
    finds((id) => id !== ids.completed && id.toLowerCase() === ids.completed),
  ],
  [
    "truncated-id",
    "takes the beginning of an id",
    "path/truncated-accepted",
    finds((id) => id.length > 30 && id !== ids.completed && ids.completed.startsWith(id)),
  ],
  [
    "extended-id",
    "takes what begins with an id",
    "path/extended-accepted",
    finds(
      (id) =>
        id.length === ids.completed.length + 1 &&
        /^\w+-[\w-]+$/.test(id) &&
        id.startsWith(ids.completed),
    ),
  ],
  [
    "unanchored-line-break",
    "lets a line break follow the id",
    "path/control-character-accepted",
    finds(/^sync_[\w-]+\n$/),
  ],
  [
    "null-byte",
    "cuts the id at a null byte",
    "path/control-character-accepted",
    finds((id) => id.split("\0")[0] === ids.completed && id.includes("\0")),
  ],
  ["sql-injection", "builds its query from the id", "path/injection-accepted", finds(/' OR /)],
  ["wildcard", "takes % for every id", "path/injection-accepted", finds(/^%$/)],
  ["template", "evaluates templates", "path/injection-accepted", finds(/\{\{/)],
  ["markup", "takes markup for an id", "path/markup-accepted", finds(/<script>/)],
  [
    "unicode",
    "folds letters that look alike",
    "path/unicode-accepted",
    finds((id) => id.normalize("NFKC").startsWith("sync_") && !id.startsWith("sync_")),
  ],
  [
    "long-id",
    "takes an id of any length",
    "path/too-long-accepted",
    finds((id) => id.length > 1000),
  ],
  ["literal-null", "takes null for an id", "path/malformed-accepted", finds(/^null$/)],
  ["zero-id", "takes 0 for an id", "path/malformed-accepted", finds(/^0$/)],
  [
    "trimmed-id",
    "trims the id",
    "path/extended-accepted",
    finds((id) => id !== ids.completed && id.trim() === ids.completed && !/\n/.test(id)),
  ],
  [
    "empty-id",
    "lists the logs for an empty id",
    "path/empty-accepted",
    {
      route: ({ path }) =>
        path.endsWith("/sync-logs/") ? { ...served, body: [completed] } : undefined,
    },
  ],
  [
    "dot-dot",
    "climbs to the workspace",
    "path/dots-accepted",
    {
      route: ({ path }) =>
        path.endsWith("/sync-logs/..") ? { ...served, body: { id: own.workspaceId } } : undefined,
    },
  ],
  [
    "encoded-dot-dot",
    "climbs over encoded dots",
    "path/dots-accepted",
    {
      route: ({ path }) =>
        path.endsWith("/%2e%2e") ? { ...served, body: { id: own.workspaceId } } : undefined,
    },
  ],
  [
    "encoded-slash",
    "decodes a slash before it routes",
    "path/encoded-slash-accepted",
    { route: ({ path }) => (/%2f/i.test(path) ? served : undefined) },
  ],
  [
    "any-odd-character",
    "takes an id with one wrong character",
    "path/malformed-accepted",
    finds(
      (id) =>
        id.length === ids.completed.length &&
        id !== ids.completed &&
        !/^[\w-]+$/.test(id) &&
        !/[\n ]/.test(id),
    ),
  ],
  [
    "workspace-not-validated",
    "fails on a malformed workspace",
    "path/server-error",
    failsOn(({ path }) => /^\/workspaces\/(?!ws_)[^/]+\//.test(path)),
  ],
  [
    "fails-on-malformed-id",
    "fails on a malformed id",
    "path/server-error",
    onStatus(400, () => failure),
  ],
  [
    "fails-on-null-byte",
    "fails on a null byte",
    "path/server-error",
    failsOn(({ path }) => path.includes("%00")),
  ],
  [
    "fails-on-bad-encoding",
    "fails on a broken percent-encoding",
    "path/server-error",
    failsOn(({ path }) => path.endsWith("%E0%A4%A")),
  ],
  [
    "fails-on-long-id",
    "fails on a long id",
    "path/server-error",
    failsOn(({ path }) => path.length > 3000),
  ],
  [
    "fails-on-quote",
    "fails on a quote",
    "path/server-error",
    failsOn(({ path }) => path.includes("'")),
  ],
  [
    "fails-on-absent",
    "fails on an id of nothing",
    "read/server-error",
    onStatus(404, () => failure),
  ],
  [
    "fails-on-query",
    "fails on an unknown query",
    "read/server-error",
    failsOn(({ query }) => [...query.keys()].some((name) => name.startsWith("utm"))),
  ],
  [
    "malformed-gets-422",
    "answers a malformed id with 422",
    "status/undocumented",
    onStatus(400, () => errorReply(422, "Unprocessable")),
  ],
  [
    "malformed-gets-401",
    "answers a malformed id with 401",
    "path/malformed-status",
    onStatus(400, () => errorReply(401, "Unauthorized")),
  ],
  [
    "absent-gets-410",
    "answers 410 for an id of nothing",
    "status/undocumented",
    onStatus(404, () => errorReply(410, "Gone")),
  ],
  [
    "absent-gets-400",
    "answers 400 for an id of nothing",
    "read/absent-status",
    onStatus(404, () => errorReply(400, "No such sync log")),
  ],
  [
    "absent-gets-204",
    "answers 204 for an id of nothing",
    "access/absent-resource-served",
    onStatus(404, () => ({ status: 204, headers: {}, body: undefined })),
  ],
  [
    "success-is-201",
    "answers 201 for a log",
    "status/undocumented",
    {
      reply: (reply, { id }) =>
        reply.status === 200 && id === ids.failed ? { ...reply, status: 201 } : reply,
    },
  ],
  [
    "redirects",
    "redirects to a slash at the end",
    "status/redirect",
    {
      reply: (reply, { id, request }) =>
        reply.status === 200 && id === ids.failed
          ? { status: 301, headers: { location: `${request.path}/` } }
          : reply,
    },
  ],
  [
    "redirects-away",
    "redirects to another host",
    "status/redirect",
    {
      reply: (reply, { id }) =>
        reply.status === 200 && id === ids.skipped
          ? { status: 302, headers: { location: "https://elsewhere.invalid/" } }
          : reply,
    },
  ],
]);
