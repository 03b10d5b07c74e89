import type { PlannedList, SampledRead } from "@qontext/sync-log-client/wait";
import type { SyncLog } from "@qontext/sync-log-schema";
import type { WatchDecision, WatchUpdate } from "./watch/decide-next.ts";
import type { ListedWatch, ListRead, RowDecision } from "./watch/listed-watch.ts";
import type { NewWatch } from "./watch/new-watch.ts";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { StoredError, WatchState } from "./watch/watch-state.ts";
import type {
  EngineHealth,
  WatchOverview,
  WatchPause,
  WatchStage,
  WatchStatus,
} from "./watch/watch-status.ts";
import type { WatchTarget } from "./watch/watch-target.ts";
import type { DeliveryEvent, WatcherEvent } from "./watcher-event.ts";

/** An attempt to deliver an outcome. */
export interface Delivery {
  /** What is delivered. */
  readonly outcome: WatchOutcome;
  /** 1 for the first one. */
  readonly attempt: number;
  /** After this many failed attempts the outcome is parked. */
  readonly maxAttempts: number;
}

/**
 * The keys that the server refuses, as all processes of an engine know them, each by a fingerprint. The
 * polls that need one of them wait, and one of them tries it now and then.
 */
export interface RefusedKeys {
  /** Why and since when this key of the workspace is refused; null unless it is. */
  find(workspaceId: string, fingerprint: string): WatchPause | null;
  /** Whether this process is the one to try the key, once in `everyMs` for all of them. */
  mayProbe(fingerprint: string, everyMs: number): Promise<boolean>;
  /** False if that was known. */
  refuse(fingerprint: string, reason: StoredError, probeEveryMs: number): Promise<boolean>;
  /** False if the key was not refused. */
  accept(fingerprint: string): Promise<boolean>;
}

/** What a poll needs of its engine. */
export interface PollContext {
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  readonly refusedKeys: RefusedKeys;
  /** Told of each read of a single sync log that brought one: how large it was, and how long it took. */
  readonly onRead?: (read: { readonly bytes: number; readonly durationMs: number }) => void;
}

/** What an engine calls; the watcher implements it. Its times are those of the engine's clock. */
export interface WatchWork {
  /**
   * Polls once and decides what follows. Rejects only when `signal` is aborted; the watch must then
   * stay as it was.
   */
  poll(state: WatchState, context: PollContext): Promise<WatchDecision>;
  /**
   * Calls `onOutcome`; resolves to the event to report once the result is stored. Rejects only when
   * `signal` is aborted; the outcome must then be delivered later.
   */
  deliver(delivery: Delivery, nowMs: () => number, signal: AbortSignal): Promise<DeliveryEvent>;
  /** Whether one list may take the place of the polls of several watches of a workspace. */
  mayList(workspaceId: string): boolean;
  /** Lists of a workspace are no closer than this, in milliseconds. */
  readonly listEveryMs: number;
  /** What a plan of reads has to know of a watch. */
  awaitedRead(watch: ListedWatch): SampledRead;
  /** Reads the list of a workspace once. Rejects only when `signal` is aborted. */
  readList(workspaceId: string, list: PlannedList, context: PollContext): Promise<ListRead>;
  /** Decides what follows from a watch's row in a list. */
  decideByRow(state: WatchState, row: SyncLog | undefined, nowMs: number): RowDecision;
  /** Calls `onUpdate`. Never rejects. */
  tellUpdate(update: WatchUpdate, signal: AbortSignal): Promise<void>;
  /** Whether anybody is told of changes. */
  readonly tellsUpdates: boolean;
  /** Whether one client polls for all workspaces. */
  readonly hasOneClient: boolean;
  /** How many attempts a new outcome gets. */
  readonly maxAttempts: number;
  /** Reports an event to logs and metrics; never throws. */
  report(event: WatcherEvent): void;
}

/** The queries and commands that a watcher passes to its engine. */
export interface WatchCommands {
  /** The status of a watch; null if it does not exist, or was delivered long ago. */
  status(target: WatchTarget): Promise<WatchStatus | null>;
  /**
   * Ends a watch without an outcome; false if it does not exist, or is being delivered. One that cannot be
   * read may be given by its key.
   */
  cancel(target: WatchTarget | string): Promise<boolean>;
  /** All watches, or those in one stage, such as `"parked"`. */
  list(stage?: WatchStage): AsyncIterable<WatchStatus>;
  /** Delivers one parked outcome again, or all of them, with all attempts; resolves to how many. */
  redrive(target?: WatchTarget): Promise<number>;
  /**
   * Lets refused keys be tried again, as the watcher itself does now and then; false unless polls were
   * paused. Each watch goes on with the next time that its key would have been tried.
   */
  resume(): Promise<boolean>;
  /** The number of watches in each stage, and whether and why polls are paused. */
  overview(): Promise<WatchOverview>;
  /** How the engine of this process fares; asks nobody. */
  health(): EngineHealth;
}

/**
 * Stores the watches and schedules their polls: in this process (`embeddedEngine`), or on Redis
 * (`bullmqEngine` of `@qontext/sync-log-watcher/bullmq`). An engine serves one watcher.
 */
export interface WatchEngine extends WatchCommands {
  /** Starts polls and deliveries. Before that, an engine only stores watches and answers queries. */
  start(work: WatchWork): Promise<void>;
  /** Resolves once the watch is stored; false if it exists already. */
  add(watch: NewWatch): Promise<boolean>;
  /**
   * Starts no new poll, waits up to `graceMs` for those in flight, then abandons them and leaves the
   * rest to other processes.
   */
  close(graceMs: number): Promise<void>;
}
