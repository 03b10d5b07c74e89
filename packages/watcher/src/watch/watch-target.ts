import { createHash } from "node:crypto";
import { isInvalidParameterError } from "@qontext/sync-log-client";
import { encodePathParameter } from "@qontext/sync-log-client/wait";
import { WatchRequestError } from "../errors.ts";

/** The ids of a sync log. */
export interface WatchTarget {
  /** The workspace, `ws_…`. */
  readonly workspaceId: string;
  /** The sync log, `sync_…`. */
  readonly id: string;
}

/** Copies the two ids, and throws {@link WatchRequestError} for ids that the client would refuse. */
export function checkTarget({ workspaceId, id }: WatchTarget): WatchTarget {
  try {
    encodePathParameter("workspaceId", workspaceId);
    encodePathParameter("id", id);
    return { workspaceId, id };
  } catch (cause) {
    if (!isInvalidParameterError(cause)) throw cause;
    throw new WatchRequestError(cause.message, { cause });
  }
}

/** Of the name of a watch in the engine. */
export const watchKeyLength = 22;

/**
 * The name of a watch in the engine, the same on every machine. It is a hash because ids may contain
 * characters with a meaning in Redis keys, and because it is a quarter of their length. A key is its own.
 */
export function watchKey(target: WatchTarget | string): string {
  if (typeof target === "string") return target;
  const text = JSON.stringify([target.workspaceId, target.id]);
  return createHash("sha256").update(text).digest("base64url").slice(0, watchKeyLength);
}

/** Whether it has the form of a name that {@link watchKey} gives. */
export const isWatchKey = (text: string): boolean =>
  text.length === watchKeyLength && /^[\w-]+$/u.test(text);
