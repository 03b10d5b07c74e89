import type { Behavior } from "./behavior.ts";
import type { Mutant, MutantRow } from "./mutant.ts";
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

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes for the caller's workspace what a pattern takes for it. */
function inWorkspace(isTaken: (workspace: string) => boolean): Behavior {
  return {
    isValid: (name, value, plain) => plain || (name === "workspaceId" && isTaken(value)),
    find: ({ id, tenant, workspaceId }, plain) =>
      plain ??
      (tenant === own && id === completed.id && isTaken(workspaceId) ? completed : undefined),
  };
}

/** The same for the workspace: what holds for one parameter holds for all. */
const workspaceMutants: readonly MutantRow[] = [
  [
    "workspace-wrong-case",
    "compares workspaces without case",
    "path/wrong-case-accepted",
    inWorkspace((one) => one !== own.workspaceId && one.toLowerCase() === own.workspaceId),
  ],
  [
    "workspace-prefix-case",
    "compares the prefix of a workspace without case",
    "path/wrong-case-accepted",
    inWorkspace((one) => one.replace(/^WS_/, "ws_") === own.workspaceId && one.startsWith("WS_")),
  ],
  [
    "workspace-without-hyphens",
    "takes a UUID without its hyphens",
    "path/other-encoding-accepted",
    inWorkspace((one) => one === own.workspaceId.replaceAll("-", "")),
  ],
  [
    "workspace-compatible-letters",
    "normalizes the letters of the workspace",
    "path/unicode-accepted",
    inWorkspace((one) => one !== own.workspaceId && one.normalize("NFKC") === own.workspaceId),
  ],
  [
    "workspace-invisible-characters",
    "takes out what cannot be seen",
    "path/unicode-accepted",
    inWorkspace(
      (one) => one !== own.workspaceId && one.replaceAll("\u200B", "") === own.workspaceId,
    ),
  ],
  [
    "workspace-line-break",
    "lets a line break follow the workspace",
    "path/control-character-accepted",
    inWorkspace((one) => one === `${own.workspaceId}\n`),
  ],
  [
    "workspace-path-parameter",
    "takes off what follows a semicolon in the workspace",
    "path/extended-accepted",
    inWorkspace((one) => one.startsWith(`${own.workspaceId};`)),
  ],
  [
    "workspace-trimmed",
    "trims the workspace",
    "path/extended-accepted",
    inWorkspace((one) => one !== own.workspaceId && one.trim() === own.workspaceId),
  ],
  [
    "workspace-null-byte",
    "cuts the workspace at a null byte",
    "path/control-character-accepted",
    inWorkspace((one) => one.startsWith(`${own.workspaceId}\0`)),
  ],
  [
    "workspace-wildcard",
    "takes % for every workspace",
    "path/injection-accepted",
    inWorkspace((one) => one === "%"),
  ],
  [
    "workspace-decoded-twice",
    "decodes the workspace twice",
    "path/other-encoding-accepted",
    inWorkspace((one) => one !== own.workspaceId && decode(one) === own.workspaceId),
  ],
];

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
  ["markup", "takes markup for an id", "path/markup-accepted", finds(/<b /)],
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
    "serves any log for an empty id",
    "path/empty-accepted",
    {
      route: ({ path }) => (path.endsWith("/sync-logs/") ? served : undefined),
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
    { shownBy: ["random"] },
  ],
  [
    "malformed-gets-401",
    "answers a malformed id with 401",
    "path/malformed-status",
    onStatus(400, () => errorReply(401, "Unauthorized")),
  ],
  ...workspaceMutants,
  [
    "path-parameter",
    "takes off what follows a semicolon",
    "path/extended-accepted",
    finds((id) => id.includes(";") && id.split(";")[0] === ids.completed),
  ],
  [
    "file-extension",
    "takes off the extension of a file",
    "path/extended-accepted",
    finds((id) => id === `${ids.completed}.json`),
  ],
  [
    "first-of-list",
    "takes the first id of a list",
    "path/extended-accepted",
    finds((id) => id.includes(",") && id.split(",")[0] === ids.completed),
  ],
  [
    "trimmed-behind",
    "takes off the blanks behind the id",
    "path/extended-accepted",
    finds((id) => id === `${ids.completed} `),
  ],
  [
    "decodes-twice",
    "decodes the id twice",
    "path/other-encoding-accepted",
    finds((id) => id !== ids.completed && decode(id) === ids.completed),
  ],
  [
    "overlong",
    "decodes overlong UTF-8",
    "path/other-encoding-accepted",
    { route: ({ path }) => (/\/%C1%/.test(path) ? served : undefined) },
  ],
  [
    "wide-encoded",
    "decodes %u0073",
    "path/other-encoding-accepted",
    { route: ({ path }) => (/\/%u00/.test(path) ? served : undefined) },
  ],
  [
    "case-of-part",
    "compares the hexadecimal digits without case",
    "path/wrong-case-accepted",
    finds(
      (id) => id !== ids.completed && id.startsWith("sync_") && id.toLowerCase() === ids.completed,
    ),
  ],
  [
    "mixed-case-dots",
    "climbs over dots in mixed case",
    "path/dots-accepted",
    { route: ({ path }) => (path.endsWith("/%2E%2e") ? served : undefined) },
  ],
  [
    "mixed-case-slash",
    "decodes a slash in lower case",
    "path/encoded-slash-accepted",
    { route: ({ path }) => (path.includes("%2f") ? served : undefined) },
  ],
]);
