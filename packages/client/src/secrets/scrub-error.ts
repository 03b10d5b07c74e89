import type { Scrub } from "./create-scrubber.ts";
import {
  rebuildError,
  type SyncLogError,
  type SyncLogErrorDetails,
} from "../errors/sync-log-error.ts";

const maxDepth = 6;

/** What took the key out of an error before: one of this package's may have more than can be looked through. */
const scrubbedBy = new WeakMap<object, Scrub>();

/** The error with more details, and without the key in its texts and in what caused it. */
export function scrubError(
  error: SyncLogError,
  scrub: Scrub,
  details: SyncLogErrorDetails,
): SyncLogError {
  const cause = scrubCause(error.cause, scrub);
  const clean = rebuildError(error, scrub(error.message), { ...details, cause });
  scrubbedBy.set(clean, scrub);
  return clean;
}

/** The text or the cause itself where it is clean; a copy of its texts where the key is somewhere in it. */
export function scrubCause(cause: unknown, scrub: Scrub): unknown {
  return isClean(cause, scrub, maxDepth, new Set()) ? cause : copyOf(cause, scrub, maxDepth);
}

function isClean(value: unknown, scrub: Scrub, depth: number, seen: Set<unknown>): boolean {
  if (typeof value === "string") return scrub(value) === value;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  if (scrubbedBy.get(value) === scrub) return true;
  // What can't be looked through, or lies too deep, is taken for unclean.
  if (depth === 0 || !isTransparent(value)) return false;
  seen.add(value);
  return Reflect.ownKeys(value).every((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    return isClean(key, scrub, depth, seen) && isClean(descriptor?.value, scrub, depth - 1, seen);
  });
}

function isTransparent(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    prototype === Object.prototype ||
    Array.isArray(value) ||
    value instanceof Error
  );
}

function copyOf(cause: unknown, scrub: Scrub, depth: number): unknown {
  if (!(cause instanceof Error) || depth === 0) return scrub(String(cause));
  const copy = new Error(scrub(cause.message));
  copy.name = cause.name;
  copy.stack = scrub(cause.stack ?? "");
  if ("code" in cause) Object.assign(copy, { code: scrub(String(cause.code)) });
  if ("cause" in cause) copy.cause = copyOf(cause.cause, scrub, depth - 1);
  return copy;
}
