import { createHash } from "node:crypto";
import { isInvalidParameterError } from "@qontext/sync-log-client";
import { encodePathParameter } from "@qontext/sync-log-client/wait";
import { WatchRequestError } from "../errors.ts";

/** Which sync log is meant. */
export interface WatchTarget {
  /** The workspace, `ws_…`. */
  readonly workspaceId: string;
  /** The sync log, `sync_…`. */
  readonly id: string;
}

/** What the client would refuse to poll is refused here, before it is stored. */
function checkId(name: "workspaceId" | "id", value: unknown): void {
  try {
    encodePathParameter(name, value);
  } catch (cause) {
    if (!isInvalidParameterError(cause)) throw cause;
    throw new WatchRequestError(cause.message, { cause });
  }
}

/** A copy that holds the two ids and nothing else; throws {@link WatchRequestError} on bad ones. */
export function checkTarget(target: WatchTarget): WatchTarget {
  const { workspaceId, id } = target;
  checkId("workspaceId", workspaceId);
  checkId("id", id);
  return { workspaceId, id };
}

/**
 * The name of a watch in the engine, the same on every machine: a hash, because ids may hold
 * characters that have a meaning in Redis keys, and because it is a quarter of their length.
 */
export function watchKey(target: WatchTarget): string {
  const text = JSON.stringify([target.workspaceId, target.id]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
