import type { Behavior } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, completed, served } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, own } from "./world.ts";

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

/** Providers that take an id for something that it is not. */
export const expectationPathMutants: readonly Mutant[] = mutantsOf([
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
    { maxRequests: 250 },
  ],
  [
    "malformed-gets-401",
    "answers a malformed id with 401",
    "path/malformed-status",
    onStatus(400, () => errorReply(401, "Unauthorized")),
  ],
]);
