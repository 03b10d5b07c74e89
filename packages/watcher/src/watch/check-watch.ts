import type { NewWatch } from "../engine.ts";
import { WatchRequestError } from "../errors.ts";
import type { WatchOptions } from "../watcher-options.ts";
import { checkTarget, type WatchTarget } from "./watch-target.ts";

const dayMs = 86_400_000;
const maxMetadataBytes = 16_384;

/** Checks what was given to `watch`; throws {@link WatchRequestError}. */
export function checkWatch(target: WatchTarget, options: WatchOptions): NewWatch {
  const { maxWaitMs = dayMs, metadata } = options;
  if (!(typeof maxWaitMs === "number" && maxWaitMs > 0 && maxWaitMs < Infinity)) {
    throw new WatchRequestError(
      `maxWaitMs must be a finite number above 0; it is ${String(maxWaitMs)}.`,
    );
  }
  const watch = { ...checkTarget(target), maxWaitMs };
  if (metadata === undefined) return watch;
  const text = asJson(metadata);
  if (Buffer.byteLength(text) > maxMetadataBytes) {
    throw new WatchRequestError(
      `metadata must be at most ${maxMetadataBytes} bytes of JSON; it is ${Buffer.byteLength(text)}. ` +
        "Store it elsewhere and pass its id.",
    );
  }
  // What is kept is what JSON makes of it, the same on every engine.
  const copy: NewWatch["metadata"] = JSON.parse(text);
  return { ...watch, metadata: copy };
}

function asJson(metadata: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(metadata);
  } catch (cause) {
    throw new WatchRequestError("metadata must be JSON.", { cause });
  }
  if (text === undefined) throw new WatchRequestError("metadata must be JSON.");
  return text;
}
