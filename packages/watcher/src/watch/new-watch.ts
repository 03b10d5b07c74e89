import { newPollState } from "@qontext/sync-log-client/wait";
import { WatchRequestError } from "../errors.ts";
import type { JsonValue, WatchState } from "./watch-state.ts";
import { checkTarget, type WatchTarget } from "./watch-target.ts";

/** Options of one watch. */
export interface WatchOptions {
  /**
   * How long to watch, in milliseconds. The watch then ends as `timed_out`; the sync may continue.
   *
   * @default 86400000 (a day)
   */
  readonly maxWaitMs?: number | undefined;
  /** Stored with the watch and returned with the outcome. At most 16 KiB of JSON. */
  readonly metadata?: JsonValue | undefined;
}

/** A watch to add; its ids and options have been checked. */
export interface NewWatch extends WatchTarget, WatchOptions {
  /** How long to watch, in milliseconds. */
  readonly maxWaitMs: number;
}

const dayMs = 86_400_000;
const maxMetadataBytes = 16_384;

/** Checks the arguments of `watch`; throws {@link WatchRequestError}. */
export function checkWatch(target: WatchTarget, options: WatchOptions): NewWatch {
  const { maxWaitMs = dayMs, metadata } = options;
  if (!(typeof maxWaitMs === "number" && maxWaitMs > 0 && maxWaitMs < Infinity)) {
    throw new WatchRequestError(
      `maxWaitMs must be a finite number above 0; it is ${String(maxWaitMs)}.`,
    );
  }
  const watch = { ...checkTarget(target), maxWaitMs };
  return metadata === undefined ? watch : { ...watch, metadata: copyOfMetadata(metadata) };
}

/** The metadata as JSON stores it, the same for every engine. */
function copyOfMetadata(metadata: unknown): JsonValue {
  let text: string | undefined;
  try {
    text = JSON.stringify(metadata);
  } catch (cause) {
    throw new WatchRequestError("metadata must be JSON.", { cause });
  }
  if (text === undefined) throw new WatchRequestError("metadata must be JSON.");
  const bytes = Buffer.byteLength(text);
  if (bytes > maxMetadataBytes) {
    throw new WatchRequestError(
      `metadata must be at most ${maxMetadataBytes} bytes of JSON; it is ${bytes}. ` +
        "Store it elsewhere and pass its id.",
    );
  }
  const copy: JsonValue = JSON.parse(text);
  return copy;
}

/** The state of a watch before its first poll. */
export function newWatchState(watch: NewWatch, startedAtMs: number): WatchState {
  const { workspaceId, id, maxWaitMs, metadata } = watch;
  return {
    workspaceId,
    id,
    ...newPollState(Math.round(startedAtMs), Math.round(startedAtMs + maxWaitMs)),
    ...(metadata === undefined ? {} : { metadata }),
    lastError: null,
  };
}
