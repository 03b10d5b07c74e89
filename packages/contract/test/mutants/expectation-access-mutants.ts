import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import type { Tenant } from "./world.ts";
import { logs, other, own } from "./world.ts";

const cache = new Map<string, Tenant>();

/** Providers that mix up what belongs to whom. */
export const expectationAccessMutants: readonly Mutant[] = mutantsOf([
  [
    "foreign-log",
    "serves any log under the caller's workspace",
    "access/foreign-resource-served",
    {
      find: ({ id, tenant, workspaceId }, plain) =>
        workspaceId === tenant?.workspaceId ? (plain ?? logs.find((log) => log.id === id)) : plain,
    },
  ],
  [
    "foreign-log-relabelled",
    "serves a foreign log as the caller's own",
    "access/foreign-resource-served",
    {
      find: ({ id, tenant, workspaceId }, plain) =>
        workspaceId === tenant?.workspaceId ? (plain ?? logs.find((log) => log.id === id)) : plain,
      log: (log, { workspaceId }) => ({ ...log, workspaceId }),
    },
  ],
  [
    "foreign-workspace",
    "serves every workspace to every key",
    "access/foreign-owner-served",
    {
      find: ({ id, workspaceId }, plain) =>
        plain ?? logs.find((log) => log.id === id && log.workspaceId === workspaceId),
    },
  ],
  [
    "workspace-ignored",
    "ignores the workspace of the path",
    "access/owner-ignored",
    {
      find: ({ id, tenant }, plain) =>
        plain ?? logs.find((log) => log.id === id && log.workspaceId === tenant?.workspaceId),
    },
  ],
  [
    "other-key",
    "lets any valid key read any workspace",
    "access/other-key-served",
    {
      find: ({ id, workspaceId, tenant }, plain) =>
        plain ??
        (tenant?.key === other.key
          ? logs.find((log) => log.id === id && log.workspaceId === workspaceId)
          : undefined),
    },
  ],
  [
    "cached-by-path",
    "caches by the path alone, for every caller",
    "access/other-key-served",
    {
      authenticate: ({ path, headers }, plain) => {
        if (plain !== undefined && !cache.has(path)) cache.set(path, plain);
        return headers["x-api-key"] === undefined
          ? undefined
          : plain === undefined
            ? undefined
            : (cache.get(path) ?? plain);
      },
    },
  ],
  [
    "any-id",
    "serves a log for any id",
    "access/absent-resource-served",
    {
      find: ({ tenant, id, workspaceId }, plain) =>
        plain ??
        (tenant === undefined ||
        workspaceId !== tenant.workspaceId ||
        logs.some((log) => log.id === id)
          ? undefined
          : { ...logs[0], id, workspaceId }),
    },
  ],
  [
    "foreign-400",
    "answers 400 for the log of another tenant",
    "access/foreign-status",
    {
      reply: (reply, { id, tenant }) =>
        reply.status === 404 &&
        tenant === own &&
        logs.some((log) => log.id === id && log.workspaceId !== own.workspaceId)
          ? errorReply(400, "wrong workspace")
          : reply,
    },
  ],
  [
    "absent-gets-204",
    "answers 204 for an id of nothing",
    "access/absent-resource-served",
    onStatus(404, () => ({ status: 204, headers: {}, body: undefined })),
  ],
  [
    "other-tenant-refused",
    "does not find the log of the other tenant",
    "access/other-owner-refused",
    { find: ({ tenant }, plain) => (tenant === other ? undefined : plain) },
  ],
  [
    "head-other-key",
    "lets any valid key read any workspace on HEAD",
    "access/other-key-served",
    {
      find: ({ id, workspaceId, request }, plain) =>
        request.method === "HEAD"
          ? logs.find((log) => log.id === id && log.workspaceId === workspaceId)
          : plain,
    },
  ],
  [
    "head-foreign-log",
    "serves any log on HEAD",
    "access/foreign-resource-served",
    {
      find: ({ id, request }, plain) =>
        request.method === "HEAD" ? logs.find((log) => log.id === id) : plain,
    },
  ],
  [
    "head-workspace-ignored",
    "ignores the workspace on HEAD",
    "access/owner-ignored",
    {
      find: ({ id, request, tenant }, plain) =>
        request.method === "HEAD"
          ? logs.find((log) => log.id === id && log.workspaceId === tenant?.workspaceId)
          : plain,
    },
  ],
  [
    "304-for-other-key",
    "answers 304 to another tenant's key",
    "access/other-key-served",
    {
      reply: (reply, { request, tenant }) =>
        tenant === other && reply.status === 404 && request.headers["if-none-match"] !== undefined
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
  [
    "304-for-foreign-log",
    "answers 304 for a foreign log",
    "access/foreign-resource-served",
    {
      reply: (reply, { request, id, tenant }) =>
        tenant === own &&
        request.headers["if-none-match"] === "*" &&
        logs.some((log) => log.id === id && log.workspaceId !== own.workspaceId)
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
]);
