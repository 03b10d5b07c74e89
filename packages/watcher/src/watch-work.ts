import {
  isKeyFunctionError,
  isRateLimitError,
  isResponseFormatError,
  isSyncLogError,
  KeyFunctionError,
} from "@qontext/sync-log-client";
import {
  listForPoll,
  type ListOutcome,
  type PlannedList,
  type PollResult,
  pollFailure,
  readForPoll,
  redactionOf,
  type SyncLogListSource,
  type SyncLogSource,
} from "@qontext/sync-log-client/wait";
import { afterFailedDelivery, checkDelivery, latencyMs } from "./delivery-policy.ts";
import type { PollContext, WatchWork } from "./engine.ts";
import { DeliveryTimeoutError, messageOf, WatcherOptionError } from "./errors.ts";
import { createEventLog } from "./log-event.ts";
import { createKeyFingerprints } from "./key-fingerprints.ts";
import { createReportDigest, errorKind } from "./report-digest.ts";
import { timeLimit, untilAborted } from "./until-aborted.ts";
import {
  afterRefusedKey,
  decideNext,
  type WatchDecision,
  type WatchPoll,
  type WatchUpdate,
} from "./watch/decide-next.ts";
import { awaitedRead, decideByRow, listEveryMs, type ListRead } from "./watch/listed-watch.ts";
import { redactOutcome } from "./watch/watch-outcome.ts";
import { watchRules } from "./watch/watch-rules.ts";
import { type StoredError, storedError, type WatchState } from "./watch/watch-state.ts";
import type { SyncLogWatcherOptions } from "./watcher-options.ts";

const hasList = (source: SyncLogSource): source is SyncLogSource & SyncLogListSource =>
  "listSyncLogs" in source && typeof source.listSyncLogs === "function";

type Redaction = <Value>(value: Value) => Value;

function checkClient(
  client: SyncLogWatcherOptions["client"],
): (workspaceId: string) => SyncLogSource {
  if (typeof client === "function") return client;
  if (typeof client?.getSyncLog === "function") return () => client;
  throw new WatcherOptionError(
    "client must be a client of @qontext/sync-log-client, or a function that gives one.",
  );
}

/** The work of an engine: a poll by the client with the decision that follows, and `onOutcome`. */
export function createWatchWork(options: SyncLogWatcherOptions): WatchWork {
  const { client, onOutcome, onUpdate, random = Math.random, polls = "auto" } = options;
  const { pollTimeoutMs = 10_000, deliveryTimeoutMs = 300_000 } = options;
  const sourceOf = checkClient(client);
  if (typeof onOutcome !== "function") {
    throw new WatcherOptionError("onOutcome must be a function that takes an outcome.");
  }
  if (polls !== "auto" && polls !== "single") {
    throw new WatcherOptionError(`polls must be "auto" or "single"; it is ${String(polls)}.`);
  }
  if (!(pollTimeoutMs > 0)) throw new WatcherOptionError("pollTimeoutMs must be above 0.");
  if (!(deliveryTimeoutMs > 0)) throw new WatcherOptionError("deliveryTimeoutMs must be above 0.");
  const digest = createReportDigest();
  const log = createEventLog();
  const rules = watchRules(options, random);
  const policy = checkDelivery(options.delivery);
  /** The redactions of all clients that have polled: with each, the keys of one or more workspaces. */
  const redactions = new Map<SyncLogSource, Redaction>();
  const redact: Redaction = (value) => {
    let redacted = value;
    for (const redaction of redactions.values()) redacted = redaction(redacted);
    return redacted;
  };
  /** The client's own errors have no key in them; what a hook or a key function throws may. */
  const withoutKeys = (error: unknown): unknown => {
    if (isKeyFunctionError(error)) {
      return new KeyFunctionError(error.message, { cause: redact(error.cause) });
    }
    return isSyncLogError(error) ? error : redact(error);
  };
  const clientOf = (workspaceId: string): SyncLogSource => {
    const source = sourceOf(workspaceId);
    redactions.set(source, redactionOf(source));
    return source;
  };
  if (typeof client !== "function") redactions.set(client, redactionOf(client));

  const report: WatchWork["report"] = (reported) => {
    try {
      let event = reported;
      if (event.type === "engine_error" || event.type === "update_failed") {
        event = { ...event, error: redact(event.error) };
      }
      if (event.type === "engine_error") {
        const count = digest(errorKind(event.error));
        if (count === 0) return;
        event = { ...event, count };
      }
      if (event.type === "unreadable" && !event.parked) {
        const count = digest(event.type);
        if (count === 0) return;
        event = { ...event, count };
      }
      if (options.logger !== undefined) log(options.logger, event);
      options.onEvent?.(event);
    } catch {
      // A logger or listener that throws must not harm a watch.
    }
  };

  /** What a callback returns, but no later than `deliveryTimeoutMs`: one that never settles would keep its place. */
  const limited = async (
    signal: AbortSignal,
    callback: (limit: AbortSignal) => unknown,
  ): Promise<void> => {
    const late = `The callback took longer than deliveryTimeoutMs, ${deliveryTimeoutMs} ms.`;
    const limit = timeLimit(signal, deliveryTimeoutMs, new DeliveryTimeoutError(late));
    try {
      await untilAborted(Promise.resolve(callback(limit.signal)), limit.signal);
    } finally {
      limit.clear();
    }
  };

  const pollOnce = async (
    source: SyncLogSource,
    { workspaceId, id }: WatchState,
    { signal, onRead }: PollContext,
    timeoutMs: number,
  ): Promise<WatchPoll> => {
    const limits = { timeoutMs, deadlineMs: timeoutMs, retry: false } as const;
    const startedAtMs = performance.now();
    let poll: WatchPoll;
    try {
      poll = { result: await readForPoll(source, { workspaceId, id }, { signal, ...limits }) };
    } catch (error) {
      signal.throwIfAborted();
      poll = { result: pollFailure(error), error: withoutKeys(error) };
    }
    const durationMs = performance.now() - startedAtMs;
    if (poll.result.kind === "log") onRead?.({ bytes: poll.result.bytes ?? 0, durationMs });
    report({ type: "polled", workspaceId, id, result: poll.result.kind, durationMs });
    return poll;
  };

  const fingerprintOf = createKeyFingerprints(pollTimeoutMs, rules.probeEveryMs);
  const usedKeys = new Set<string>();
  /** Whether this process has not used the key before: it then tells what others knew, and told, already. */
  const isFirstUse = (fingerprint: string): boolean => {
    const isFirst = !usedKeys.has(fingerprint);
    usedKeys.add(fingerprint);
    return isFirst;
  };

  /** The client of a workspace and what tells its key from others; an error where there is no key to be had. */
  const withKey = async (
    workspaceId: string,
    { nowMs, signal, refusedKeys }: PollContext,
  ): Promise<{ readonly source: SyncLogSource; readonly fingerprint: string } | StoredError> => {
    const noKey = `none:${workspaceId}`;
    try {
      const source = clientOf(workspaceId);
      const fingerprint = await fingerprintOf(source, signal);
      if (refusedKeys.find(workspaceId, noKey) !== null && (await refusedKeys.accept(noKey))) {
        report({ type: "resumed" });
      }
      return { source, fingerprint };
    } catch (error) {
      signal.throwIfAborted();
      // A key that is not there, such as a file that is being replaced, ends no watch.
      const reason = storedError(withoutKeys(error));
      refusedKeys.find(workspaceId, noKey);
      const isFirst = isFirstUse(noKey);
      if ((await refusedKeys.refuse(noKey, reason, rules.probeEveryMs)) || isFirst) {
        report({ type: "paused", pause: { reason, sinceMs: Math.round(nowMs()) } });
      }
      return reason;
    }
  };

  /** Notes that a key was refused, and tells of it where that is new to this process. */
  const refuse = async (
    fingerprint: string,
    error: unknown,
    isNews: boolean,
    { nowMs, refusedKeys }: PollContext,
  ): Promise<void> => {
    const reason = storedError(error);
    const isNew = await refusedKeys.refuse(fingerprint, reason, rules.probeEveryMs);
    if (isNew || isNews) {
      report({ type: "paused", pause: { reason, sinceMs: Math.round(nowMs()) } });
    }
  };

  /** Polls, unless the key is known to be refused and it is not the turn of this watch to try it. */
  const pollWithKey = async (state: WatchState, context: PollContext): Promise<WatchDecision> => {
    const { nowMs, refusedKeys } = context;
    const { workspaceId } = state;
    const startedAtMs = performance.now();
    const key = await withKey(workspaceId, context);
    if (!("source" in key)) return afterRefusedKey(state, key, nowMs(), rules);
    const { source, fingerprint } = key;
    const refused = refusedKeys.find(workspaceId, fingerprint);
    const isFirst = isFirstUse(fingerprint);
    if (refused !== null && isFirst) report({ type: "paused", pause: refused });
    if (refused !== null && !(await refusedKeys.mayProbe(fingerprint, rules.probeEveryMs))) {
      return afterRefusedKey(state, refused.reason, nowMs(), rules);
    }
    const leftMs = Math.max(1, pollTimeoutMs - (performance.now() - startedAtMs));
    const poll = await pollOnce(source, state, context, leftMs);
    if (poll.result.kind === "unauthorized") {
      await refuse(fingerprint, poll.error, isFirst && refused === null, context);
    } else if (refused !== null && poll.result.kind !== "transient") {
      if (await refusedKeys.accept(fingerprint)) report({ type: "resumed" });
    }
    // What only lists have shown may still be not there yet.
    const isUnsure = poll.result.kind === "not_found" && state.readAloneAtMs === undefined;
    const before = isUnsure ? { ...state, lastSeen: null } : state;
    const decision = decideNext(before, poll, nowMs(), rules);
    if (poll.result.kind !== "log") return decision;
    const readAloneAtMs = Math.round(nowMs());
    return { ...decision, state: { ...decision.state, readAloneAtMs } };
  };

  const readList = async (
    workspaceId: string,
    { ids, maxBytes, timeoutMs }: PlannedList,
    context: PollContext,
  ): Promise<ListRead> => {
    const key = await withKey(workspaceId, context);
    if (!("source" in key) || !hasList(key.source)) return { kind: "unauthorized" };
    const { source, fingerprint } = key;
    if (context.refusedKeys.find(workspaceId, fingerprint) !== null)
      return { kind: "unauthorized" };
    const { nowMs, signal } = context;
    const startedAtMs = nowMs();
    const told = (result: PollResult["kind"]): void => {
      const durationMs = nowMs() - startedAtMs;
      report({ type: "listed", workspaceId, result, asked: ids.length, durationMs });
    };
    const limits = { timeoutMs, deadlineMs: timeoutMs, retry: false } as const;
    try {
      const list = await listForPoll(source, { workspaceId }, { signal, ...limits }, maxBytes);
      told("log");
      return { kind: "rows", ...list };
    } catch (error) {
      signal.throwIfAborted();
      const failure = pollFailure(error);
      told(failure.kind);
      const isTooLarge = isResponseFormatError(error) && error.reason === "too-large";
      // Whether the key is refused, or the list alone, the polls tell that follow.
      const isGivenUp = isTooLarge || failure.kind === "unauthorized";
      const pauseAllMs = isRateLimitError(error)
        ? Math.min(failure.retryAfterMs ?? 0, rules.maxRetryAfterMs)
        : 0;
      const outcome: ListOutcome = isGivenUp
        ? { kind: "given up", startedAtMs }
        : { kind: "failed", startedAtMs, failure };
      return { kind: "failed", outcome, pauseAllMs };
    }
  };

  const tellUpdate = async (update: WatchUpdate, signal: AbortSignal): Promise<void> => {
    if (onUpdate === undefined) return;
    try {
      await limited(signal, () => onUpdate(update));
    } catch (error) {
      if (!signal.aborted) report({ type: "update_failed", error });
    }
  };

  return {
    hasOneClient: typeof client !== "function",
    maxAttempts: policy.maxAttempts,
    report,
    poll: async (state, context) => {
      const { signal } = context;
      const decision = await pollWithKey(state, context);
      if (decision.kind === "poll_again" && decision.update !== null) {
        await tellUpdate(decision.update, signal);
      }
      // Only now: a key that is a status must not change how the watch ends.
      const { lastSeen } = decision.state;
      const redacted = { ...decision.state, lastSeen: redact(lastSeen) };
      if (decision.kind !== "deliver") return { ...decision, state: redacted };
      return { ...decision, state: redacted, outcome: redactOutcome(decision.outcome, redact) };
    },
    mayList: (workspaceId) => {
      if (polls === "single") return false;
      try {
        return hasList(clientOf(workspaceId));
      } catch {
        // A poll tells of it.
        return false;
      }
    },
    listEveryMs: listEveryMs(rules),
    awaitedRead: (watch) => awaitedRead(watch, rules),
    readList,
    tellUpdate,
    tellsUpdates: onUpdate !== undefined,
    decideByRow: (state, row, nowMs) => {
      const decision = decideByRow(state, row, nowMs, rules);
      if (decision.kind !== "poll_again") return decision;
      const { lastSeen } = decision.state;
      return { ...decision, state: { ...decision.state, lastSeen: redact(lastSeen) } };
    },
    deliver: async ({ outcome, attempt, maxAttempts }, nowMs, signal) => {
      try {
        await limited(signal, (limit) => onOutcome(outcome, { attempt, signal: limit }));
      } catch (thrown) {
        signal.throwIfAborted();
        const error = redact(thrown instanceof Error ? thrown : new Error(messageOf(thrown)));
        const next = afterFailedDelivery({ error, attempt, maxAttempts }, policy, random);
        return { type: "delivery_failed", outcome, attempt, error, ...next };
      }
      return { type: "delivered", outcome, attempt, latencyMs: latencyMs(outcome, nowMs()) };
    },
  };
}
