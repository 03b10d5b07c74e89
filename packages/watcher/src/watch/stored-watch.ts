import { StoredDataError } from "../errors.ts";
import {
  isEndedOutcome,
  isTerminalStatus,
  isWatchEnd,
  type WatchOutcome,
} from "./watch-outcome.ts";
import type { WatchState } from "./watch-state.ts";
import { watchKey, type WatchTarget } from "./watch-target.ts";

/** The shape of what is stored. Version 1 had no `version` and no `dueAtMs`. */
const storedVersion = 2;

/** A watch as it is stored. */
export interface StoredWatch extends WatchState {
  readonly version: typeof storedVersion;
  /** When the next poll is due, on the engine's clock. */
  readonly dueAtMs: number;
  /** Since when its due poll is left to the process that reads the lists of its workspace; absent where it is not. */
  readonly leftSinceMs?: number;
}

export function toStoredWatch(
  state: WatchState,
  dueAtMs: number,
  leftSinceMs?: number,
): StoredWatch {
  const stored = { ...state, version: storedVersion, dueAtMs: Math.round(dueAtMs) } as const;
  return leftSinceMs === undefined ? stored : { ...stored, leftSinceMs };
}

/** The state of a watch as it is stored. */
export function stateOf(stored: StoredWatch): WatchState {
  const { version: _version, dueAtMs: _dueAtMs, leftSinceMs: _leftSinceMs, ...state } = stored;
  return state;
}

export function toStoredOutcome(
  outcome: WatchOutcome,
): WatchOutcome & { readonly version: number } {
  return { ...outcome, version: storedVersion };
}

type Check = (value: unknown) => boolean;

const isMoment: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isCount: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;
const isText: Check = (value) => typeof value === "string" && value !== "";
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isShaped =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    wrongField(value, checks) === null;

/** The name of the first field that is not as it should be; null without. */
function wrongField(value: unknown, checks: Readonly<Record<string, Check>>): string | null {
  if (typeof value !== "object" || value === null) return "data";
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.keys(checks).find((name) => !checks[name]?.(fields.get(name))) ?? null;
}

const isNumber = orNull(isMoment);
const ids = { workspaceId: isText, id: isText };
const observation = isShaped({
  atMs: isMoment,
  status: isText,
  recordsIngested: isNumber,
  totalRecordsToIngest: isNumber,
});

const watchChecks = {
  ...ids,
  startedAtMs: isMoment,
  deadlineAtMs: isMoment,
  polls: isCount,
  failures: isCount,
  failingSinceMs: isNumber,
  floorAtMs: isNumber,
  lastSeen: orNull(observation),
  progress: orNull(
    isShaped({ atMs: isMoment, recordsIngested: isNumber, ratePerSecond: isNumber }),
  ),
  lastError: orNull(isShaped({ name: isText, message: (text) => typeof text === "string" })),
  dueAtMs: isMoment,
};

const outcomeChecks = {
  ...ids,
  idempotencyKey: isText,
  endedAs: isWatchEnd,
  syncLog: orNull(isShaped({ status: isText })),
  polls: isCount,
  elapsedMs: isMoment,
  observedAtMs: isMoment,
};

/** The stored data in the shape of this version; throws a {@link StoredDataError}. */
function migrated(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== "object" || data === null)
    throw new StoredDataError("The data is no JSON object.");
  const stored: Record<string, unknown> = { ...data };
  const { version = 1 } = stored;
  if (version === storedVersion) return stored;
  // Version 1: the next poll was only in the queue's order.
  if (version === 1) return { ...stored, version: storedVersion, dueAtMs: stored["startedAtMs"] };
  const isLater = typeof version === "number" && version > storedVersion;
  throw new StoredDataError(
    isMoment(version)
      ? `The data is of version ${String(version)}.`
      : "The version of the data is no number.",
    isLater,
  );
}

/** A watch under the name of another would be polled beside its own, and not be found to be cancelled. */
function checkKey(target: WatchTarget, key: string | undefined): void {
  if (key === undefined || watchKey(target) === key) return;
  throw new StoredDataError("The ids are not those of the key under which they are stored.");
}

/** Reads a stored watch, which has the key if one is given; throws a {@link StoredDataError} for what cannot be polled. */
export function readStoredWatch(data: unknown, key?: string): StoredWatch {
  const stored = migrated(data);
  const wrong = wrongField(stored, watchChecks);
  if (wrong !== null) throw new StoredDataError(`The stored watch has no valid ${wrong}.`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was checked above
  const watch = stored as unknown as StoredWatch;
  checkKey(watch, key);
  return watch;
}

/** The same of an outcome; throws a {@link StoredDataError} for what cannot be delivered. */
export function readStoredOutcome(data: unknown, key?: string): WatchOutcome {
  const { version: _version, dueAtMs: _dueAtMs, ...stored } = migrated(data);
  const wrong = wrongField(stored, outcomeChecks);
  if (wrong !== null) throw new StoredDataError(`The stored outcome has no valid ${wrong}.`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field that is used was checked above
  const outcome = stored as unknown as WatchOutcome;
  if (isEndedOutcome(outcome) !== isTerminalStatus(outcome.endedAs)) {
    throw new StoredDataError("The stored outcome has no valid syncLog.");
  }
  checkKey(outcome, key);
  return outcome;
}

/** A read of stored data, or why it is none. */
export async function readOr<Value>(
  read: () => Value | Promise<Value>,
): Promise<Value | StoredDataError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoredDataError) return error;
    throw error;
  }
}
