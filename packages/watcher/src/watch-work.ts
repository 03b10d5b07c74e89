import type { Logger } from "@qontext/sync-log-client";
import { pollFailure, pollSuccess } from "@qontext/sync-log-client/wait";
import type { DeliveryPolicy, WatchWork } from "./engine.ts";
import { WatcherOptionError } from "./errors.ts";
import { untilAborted } from "./until-aborted.ts";
import { decideNext, type WatchPoll } from "./watch/decide-next.ts";
import { watchRules } from "./watch/watch-rules.ts";
import type { WatchState } from "./watch/watch-state.ts";
import { logEvent } from "./log-event.ts";
import type { SyncLogWatcherOptions } from "./watcher-options.ts";
import type { WatcherEvent } from "./watcher-event.ts";

const defaultDelivery: DeliveryPolicy = {
  maxAttempts: 12,
  baseDelayMs: 1000,
  maxDelayMs: 300_000,
};

function checkDelivery(given: Partial<DeliveryPolicy>): DeliveryPolicy {
  const policy = { ...defaultDelivery, ...given };
  const { maxAttempts, baseDelayMs, maxDelayMs } = policy;
  if (!(Number.isInteger(maxAttempts) && maxAttempts >= 1 && baseDelayMs >= 0 && maxDelayMs >= 0)) {
    throw new WatcherOptionError(
      "delivery must have maxAttempts as a whole number of at least 1, and delays of 0 or more.",
    );
  }
  return policy;
}

/** Nothing that listens may harm a watch. */
function createReport(
  onEvent: SyncLogWatcherOptions["onEvent"],
  logger: Logger | undefined,
): WatchWork["report"] {
  return (event: WatcherEvent) => {
    try {
      if (logger !== undefined) logEvent(logger, event);
      onEvent?.(event);
    } catch {
      // There is nobody left to tell.
    }
  };
}

/** What the engine calls: one poll by the client and the decision on it, and `onOutcome`. */
export function createWatchWork(options: SyncLogWatcherOptions): WatchWork {
  const { client, onOutcome, onUpdate, pollTimeoutMs = 10_000, random = Math.random } = options;
  if (typeof client?.getSyncLog !== "function") {
    throw new WatcherOptionError("client must be a client of @qontext/sync-log-client.");
  }
  if (typeof onOutcome !== "function") {
    throw new WatcherOptionError("onOutcome must be a function that takes an outcome.");
  }
  if (!(pollTimeoutMs > 0)) throw new WatcherOptionError("pollTimeoutMs must be above 0.");
  const rules = watchRules(options, random);
  const report = createReport(options.onEvent, options.logger);

  const pollOnce = async (state: WatchState, signal: AbortSignal): Promise<WatchPoll> => {
    const { workspaceId, id } = state;
    const limits = {
      signal,
      timeoutMs: pollTimeoutMs,
      deadlineMs: pollTimeoutMs,
      retry: false,
    } as const;
    try {
      return { result: pollSuccess(await client.getSyncLog({ workspaceId, id }, limits)) };
    } catch (error) {
      signal.throwIfAborted();
      return { result: pollFailure(error), error };
    }
  };

  return {
    delivery: checkDelivery(options.delivery ?? {}),
    random,
    report,
    poll: async (state, nowMs, signal) => {
      const startedAtMs = performance.now();
      const poll = await pollOnce(state, signal);
      const { workspaceId, id } = state;
      const durationMs = performance.now() - startedAtMs;
      report({ type: "polled", workspaceId, id, result: poll.result.kind, durationMs });
      const decision = decideNext(state, poll, nowMs(), rules);
      if (decision.kind === "poll_again" && decision.update !== null && onUpdate !== undefined) {
        try {
          await untilAborted(Promise.resolve(onUpdate(decision.update)), signal);
        } catch (error) {
          if (!signal.aborted) report({ type: "update_failed", error });
        }
      }
      return decision;
    },
    deliver: async (outcome, attempt, signal) => {
      await onOutcome(outcome, { attempt, signal });
    },
  };
}
