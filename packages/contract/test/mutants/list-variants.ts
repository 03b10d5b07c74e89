import { createHash } from "node:crypto";
import { eachTime, inItem } from "./list-behaviors.ts";
import type { Variant } from "./variant.ts";
import type { SyncLog } from "./world.ts";
import { completed, sentKeys } from "./mutant.ts";
import { own } from "./world.ts";

function logOf(index: number): SyncLog {
  return {
    ...completed,
    id: `sync_4a9f1c52-7e0d-4b36-9c1b-${String(index).padStart(12, "0")}`,
    type: index % 3 === 0 ? "live_sync" : "full_sync",
  };
}

const hundreds = Array.from({ length: 300 }, (_none, index) => logOf(index));

/** The logs that were created after so many requests. */
function createdBy(requests: number): readonly SyncLog[] {
  return hundreds.slice(0, Math.floor(requests / 90));
}

/** The logs that are not deleted yet after so many requests. */
function keptFor(requests: number): readonly SyncLog[] {
  return hundreds.slice(0, Math.max(0, 60 - Math.floor(requests / 6)));
}

/** Lists that are right, each in its own way. */
export const listVariants: readonly Variant[] = [
  {
    id: "list-other-order",
    does: "lists in another order each time",
    behavior: {
      list: ({ requests }, plain) =>
        plain && [
          ...plain.slice(requests % plain.length),
          ...plain.slice(0, requests % plain.length),
        ],
    },
  },
  {
    id: "list-hundreds",
    does: "has hundreds of logs",
    behavior: {
      list: ({ tenant }, plain) => (plain && tenant === own ? [...hundreds, ...plain] : plain),
      find: ({ id, tenant, workspaceId }, plain) =>
        tenant === own && workspaceId === own.workspaceId
          ? (plain ?? hundreds.find((log) => log.id === id))
          : plain,
    },
  },
  {
    id: "list-grows",
    does: "gets new logs while it is verified",
    behavior: {
      list: ({ requests, tenant }, plain) =>
        plain && tenant === own ? [...createdBy(requests), ...plain] : plain,
      find: ({ id, tenant, workspaceId, requests }, plain) =>
        tenant === own && workspaceId === own.workspaceId
          ? (plain ?? createdBy(requests).find((log) => log.id === id))
          : plain,
    },
  },
  {
    id: "list-shrinks",
    does: "deletes old logs while it is verified",
    behavior: {
      list: ({ requests, tenant }, plain) =>
        plain && tenant === own ? [...plain, ...keptFor(requests)] : plain,
      find: ({ id, tenant, workspaceId, requests }, plain) =>
        tenant === own && workspaceId === own.workspaceId
          ? (plain ?? keptFor(requests).find((log) => log.id === id))
          : plain,
    },
  },
  {
    id: "list-empty-for-foreign",
    does: "has an empty list for every workspace that is not the caller's",
    behavior: { list: (_situation, plain) => plain ?? [] },
  },
  {
    id: "list-empty-for-malformed",
    does: "looks up whatever workspace is asked for, and lists nothing of most",
    behavior: {
      isValid: (name, _value, plain) => plain || name === "workspaceId",
      list: (_situation, plain) => plain ?? [],
    },
  },
  {
    id: "list-with-slash",
    does: "lists with a slash behind the path, too",
    behavior: {
      route: (request) =>
        request.path.endsWith("/sync-logs/") && sentKeys(request).includes(own.key)
          ? { status: 200, headers: { "content-type": "application/json" }, body: [completed] }
          : undefined,
    },
  },
  {
    id: "list-without-nulls",
    does: "leaves out in the list what is null",
    behavior: {
      log: (log, { isList }) =>
        isList
          ? Object.fromEntries(Object.entries(log).filter(([, value]) => value !== null))
          : log,
    },
  },
  {
    id: "list-other-notation",
    does: "writes the same times in the list with another offset and fewer digits",
    behavior: inItem((log) => eachTime(log, (text) => text.replace(/\.000Z$/, "+00:00"))),
  },
  {
    id: "list-with-links",
    does: "has links in the log that the list has not",
    behavior: { log: (log, { isList }) => (isList ? log : { ...log, links: { self: log.id } }) },
    warnings: ["schema/undocumented-property"],
  },
  {
    id: "list-weak-tags",
    does: "has a weak tag for the list in whatever order",
    behavior: {
      list: ({ requests }, plain) => (requests % 2 === 0 ? plain : plain?.toReversed()),
      reply: (reply, { isList }) =>
        isList && reply.status === 200 && Array.isArray(reply.body)
          ? { ...reply, headers: { ...reply.headers, etag: weakTag(reply.body) } }
          : reply,
    },
  },
];

/** The same for the same logs, whatever their order. */
function weakTag(items: readonly unknown[]): string {
  const texts = items.map((item) => JSON.stringify(item)).toSorted();
  return `W/"${createHash("sha256").update(texts.join()).digest("hex").slice(0, 16)}"`;
}
