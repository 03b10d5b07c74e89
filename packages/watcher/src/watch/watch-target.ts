import { createHash } from "node:crypto";
import { WatchRequestError } from "../errors.ts";

/** Which sync log is meant. */
export interface WatchTarget {
  /** The workspace, `ws_…`. */
  readonly workspaceId: string;
  /** The sync log, `sync_…`. */
  readonly id: string;
}

const maxIdLength = 256;

function isControlCharacter(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint < 32 || (codePoint >= 127 && codePoint < 160);
}

function checkId(name: "workspaceId" | "id", value: unknown): string {
  if (typeof value !== "string" || value === "") {
    throw new WatchRequestError(`${name} must be a string that is not empty.`);
  }
  if (value === "." || value === ".." || value.length > maxIdLength) {
    throw new WatchRequestError(
      `${name} must be neither "." nor ".." nor longer than ${maxIdLength} characters.`,
    );
  }
  if (Array.from(value).some(isControlCharacter)) {
    throw new WatchRequestError(`${name} must not contain control characters.`);
  }
  return value;
}

/** A copy that holds the two ids and nothing else; throws {@link WatchRequestError} on bad ones. */
export function checkTarget(target: WatchTarget): WatchTarget {
  return {
    workspaceId: checkId("workspaceId", target.workspaceId),
    id: checkId("id", target.id),
  };
}

/**
 * The name of a watch in the engine, the same on every machine: a hash, because ids may hold
 * characters that have a meaning in Redis keys, and because it is a quarter of their length.
 */
export function watchKey(target: WatchTarget): string {
  const text = JSON.stringify([target.workspaceId, target.id]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
