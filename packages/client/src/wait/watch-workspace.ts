import type { SyncLog } from "@qontext/sync-log-schema";
import { checkOptions, type OptionRules } from "../check-options.ts";
import { type ListSyncLogsParams, listSyncLogsRequest } from "../generated/methods.ts";
import { refuseNamed } from "../refuse.ts";
import { type RequestOptions, requestRules } from "../request-options.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { redactThrown } from "../secrets/redactor.ts";
import { onAbort } from "../transport/on-abort.ts";
import { send } from "../transport/send.ts";
import type { Transport } from "../transport/transport.ts";
import { iterateUpdates, type UpdateListener } from "./iterate-updates.ts";
import { isBehind, observe, rowsOf, type SyncLogSight, unseen } from "./observation.ts";
import { planPoll } from "./plan-poll.ts";
import { pollFailure } from "./poll-result.ts";
import { newPollState } from "./poll-state.ts";
import { type Progress, progressOf } from "./progress.ts";
import { logFailure } from "./read-once.ts";
import { isTerminal, outcomeOf } from "./terminal-status.ts";
import { resolveWaitLimits, type WaitLimits, type WatchOptions } from "./wait-options.ts";
import type { WaitListener } from "./wait-result.ts";

/** Options of `watchWorkspace`. `timeoutMs`, `retry` and `headers` are those of each list. */
export interface WatchWorkspaceOptions
  extends
    Omit<RequestOptions, "deadlineMs">,
    Pick<
      WatchOptions,
      "minIntervalMs" | "maxIntervalMs" | "maxFailingMs" | "maxRetryAfterMs" | "retry"
    > {
  /** Tells only of sync logs that are in each of these lists, none of them empty, by what they are at that moment. @default all */
  readonly only?:
    | {
        readonly statuses?: readonly SyncLog["status"][] | undefined;
        readonly types?: readonly SyncLog["type"][] | undefined;
        readonly ids?: readonly string[] | undefined;
      }
    | undefined;
  /**
   * Tells only of sync logs that were created or updated at this moment or later: a `Date`, milliseconds since 1970, or a text
   * of RFC 3339. Without it, the first updates are of all that there are.
   * @default all
   */
  readonly since?: Date | number | string | undefined;
}

/** What `watchWorkspace` tells of a sync log. */
export interface WorkspaceUpdate extends Progress {
  /** The sync log as the list has it. */
  readonly syncLog: SyncLog;
  /** Why: it was there at first, it is new in the list, or its status or a count has changed. */
  readonly reason: "listed" | "created" | "changed";
  /** Whether the sync has ended. */
  readonly isTerminal: boolean;
  /** The sync log's `correlationId`, for tracing across services. */
  readonly correlationId: string | null;
}

const rules: OptionRules = /* @__PURE__ */ (() => {
  const { deadlineMs: _deadline, ...ofRequests } = requestRules;
  const limits = { minIntervalMs: 0, maxIntervalMs: 0, maxFailingMs: 0, maxRetryAfterMs: 0 };
  const lists = { "only.statuses": [], "only.types": [], "only.ids": [] };
  return { ...ofRequests, ...limits, only: "an object", ...lists, since: [] };
})();

/** The updates of all sync logs of a workspace, to be read one after the other. It lists them with the first read. */
export function watchWorkspace(
  transport: Transport,
  others: Set<WaitListener>,
  parameters: ListSyncLogsParams,
  options: WatchWorkspaceOptions = {},
): AsyncIterableIterator<WorkspaceUpdate, undefined> {
  let watch: WorkspaceWatch | undefined;
  return iterateUpdates<WorkspaceUpdate>({
    begin(listener) {
      redactThrown(transport.redactor, () => checkOptions(options, rules));
      options.signal?.throwIfAborted();
      watch = new WorkspaceWatch(transport, parameters, options, listener, others);
      return () => watch?.stop();
    },
    keep: (unread, update) => void unread.push(update),
    onDrained: () => watch?.readerWaits(),
  });
}

class WorkspaceWatch {
  readonly #transport: Transport;
  readonly #parameters: ListSyncLogsParams;
  readonly #options: WatchWorkspaceOptions;
  readonly #limits: WaitLimits;
  readonly #isWanted: (syncLog: SyncLog) => boolean;
  readonly #listener: UpdateListener<WorkspaceUpdate>;
  readonly #sights = new Map<string, SyncLogSight>();
  readonly #controller = new AbortController();
  readonly #release: () => void;
  /** Of the last change, or of the beginning: the pace is that of a wait as old as this. */
  #changedAtMs: number;
  #failures = 0;
  #failingSinceMs: number | null = null;
  #hasListed = false;
  /** Whether the next list is due, and waits for a reader. */
  #isDue = false;
  #timer: unknown;

  constructor(
    transport: Transport,
    parameters: ListSyncLogsParams,
    options: WatchWorkspaceOptions,
    listener: UpdateListener<WorkspaceUpdate>,
    others: Set<WaitListener>,
  ) {
    const { signal } = options;
    this.#transport = transport;
    this.#parameters = parameters;
    this.#options = options;
    this.#limits = resolveWaitLimits(options);
    this.#isWanted = filterOf(options);
    this.#listener = listener;
    this.#changedAtMs = transport.clock.nowMs();
    const disposal: WaitListener = {
      tell: () => undefined,
      fail: (makeError) => this.#fail(makeError, true),
    };
    const stopListening = signal && onAbort(signal, () => this.#fail(() => signal.reason, true));
    others.add(disposal);
    this.#release = () => {
      others.delete(disposal);
      stopListening?.();
    };
    void this.#list();
  }

  /** Lists again where that has been due since the reader was slow. */
  readerWaits(): void {
    if (this.#isDue) void this.#list();
  }

  stop(reason?: unknown): void {
    this.#release();
    this.#isDue = false;
    this.#transport.clock.clearTimeout(this.#timer);
    this.#controller.abort(reason);
  }

  #fail(makeError: () => unknown, isAbort = false): void {
    this.stop(isAbort ? makeError() : undefined);
    this.#listener.fail(makeError, isAbort);
  }

  async #list(): Promise<void> {
    this.#isDue = false;
    const { clock, baseUrl } = this.#transport;
    const { only: _only, since: _since, retry = false, ...request } = this.#options;
    const { signal } = this.#controller;
    let retryAfterMs: number | null = null;
    try {
      const outgoing = listSyncLogsRequest(baseUrl, this.#parameters);
      const { data, headers } = await send(this.#transport, outgoing, {
        ...request,
        retry,
        signal,
      });
      if (signal.aborted) return;
      retryAfterMs = parseRetryAfter(headers, clock.epochMs());
      this.#failures = 0;
      this.#failingSinceMs = null;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that it is a list was checked; rows that are none are passed over
      this.#tellOf(data as readonly SyncLog[]);
    } catch (error) {
      if (signal.aborted) return;
      const failure = pollFailure(error);
      const nowMs = clock.nowMs();
      this.#failingSinceMs ??= nowMs;
      const hasFailedLong = nowMs - this.#failingSinceMs >= this.#limits.maxFailingMs;
      if (failure.kind !== "transient" || hasFailedLong) return this.#fail(() => error);
      logFailure(this.#transport.logger, "warn", "A list failed", error);
      this.#failures += 1;
      retryAfterMs = failure.retryAfterMs;
    }
    if (!signal.aborted) this.#planNext(retryAfterMs);
    return undefined;
  }

  #tellOf(list: readonly SyncLog[]): void {
    const nowMs = this.#transport.clock.nowMs();
    for (const [id, syncLog] of rowsOf(list, { has: () => true })) {
      const before = this.#sights.get(id);
      if (before !== undefined && isBehind(syncLog, before.lastSeen)) continue;
      const sight = observe(before ?? unseen, syncLog, nowMs);
      this.#sights.set(id, sight);
      if (sight.lastSeen === before?.lastSeen || sight.lastSeen === null) continue;
      this.#changedAtMs = nowMs;
      if (!this.#isWanted(syncLog)) continue;
      const hasEnded = isTerminal(syncLog);
      const reason = this.#hasListed ? (before === undefined ? "created" : "changed") : "listed";
      this.#listener.tell(
        {
          syncLog,
          ...progressOf(sight.lastSeen, sight.progress?.ratePerSecond ?? null, hasEnded),
          reason,
          isTerminal: hasEnded,
          correlationId: syncLog.correlationId ?? null,
        },
        false,
      );
    }
    this.#hasListed = true;
  }

  /** The pace is that of the sync that is nearest to its end. */
  #planNext(retryAfterMs: number | null): void {
    const { clock, random } = this.#transport;
    const nowMs = clock.nowMs();
    let nearest: SyncLogSight = unseen;
    let leastMs = Infinity;
    for (const sight of this.#sights.values()) {
      const { lastSeen, progress } = sight;
      if (lastSeen === null || outcomeOf(lastSeen.status) !== undefined) continue;
      const { etaMs } = progressOf(lastSeen, progress?.ratePerSecond ?? null, false);
      if (etaMs === null || etaMs >= leastMs) continue;
      leastMs = etaMs;
      nearest = sight;
    }
    const state = {
      ...newPollState(this.#changedAtMs, Infinity),
      ...nearest,
      failures: this.#failures,
      floorAtMs: retryAfterMs === null ? null : nowMs + retryAfterMs,
    };
    const plan = planPoll(state, nowMs, { ...this.#limits, leadMs: 0, random });
    if (plan.kind !== "poll_again") return;
    const onTime = (): void => {
      this.#isDue = true;
      if (this.#listener.isAwaited()) this.readerWaits();
    };
    this.#timer = clock.setTimeout(onTime, plan.pollAtMs - nowMs);
  }
}

function filterOf({ only = {}, since }: WatchWorkspaceOptions): (syncLog: SyncLog) => boolean {
  const sinceMs = since === undefined ? -Infinity : new Date(since).getTime();
  if (Number.isNaN(sinceMs)) refuseNamed("since", "has to be a moment");
  for (const [name, list] of Object.entries<readonly unknown[] | undefined>(only)) {
    const isList = Array.isArray(list) && list.length > 0;
    if (list !== undefined && !isList) refuseNamed(`only.${name}`, "has to be an array, not empty");
  }
  const isBefore = (time: string): boolean => Date.parse(time) < sinceMs;
  return ({ id, status, type, createdAt, updatedAt }) =>
    isIn(only.ids, id) &&
    isIn(only.statuses, status) &&
    isIn(only.types, type) &&
    !(isBefore(createdAt) && isBefore(updatedAt));
}

function isIn(list: readonly unknown[] | undefined, value: unknown): boolean {
  return list === undefined || list.includes(value);
}
