import type { Logger } from "@qontext/sync-log-client";
import { messageOf } from "./errors.ts";
import { createReportDigest } from "./report-digest.ts";
import type { WatcherEvent } from "./watcher-event.ts";

const pausedMessage =
  "Polls are paused: the API key was refused. Replace it; polls go on once it is accepted.";
const noKeyMessage =
  "Polls are paused: there is no API key to be had. They go on once its function gives one.";

/**
 * Logs the events that need attention; those that come by the thousand once for a while, with their number, and that the
 * engine works again only after it was logged that it does not.
 */
export function createEventLog(): (logger: Logger, event: WatcherEvent) => void {
  /** How the last event of each kind is logged. */
  const last = new Map<string, (count: number) => void>();
  const digest = createReportDigest((kind, count) => {
    if (count > 0) last.get(kind)?.(count);
  });
  const logSome = (kind: string, log: (count: number) => void): void => {
    last.set(kind, log);
    const count = digest(kind);
    if (count > 0) log(count);
  };
  let isTroubleLogged = false;
  return (logger, event) => {
    if (event.type === "engine_recovered" && !isTroubleLogged) return;
    if (event.type === "engine_error" || event.type === "engine_recovered") {
      isTroubleLogged = event.type === "engine_error";
    }
    if (event.type === "recovered") {
      const { what } = event;
      logSome(what, (count) =>
        logger.info("Took over the work of a process that died or hung.", { what, count }),
      );
    } else if (event.type === "unreadable" && event.parked) {
      logSome(event.type, (count) => logUnreadable(logger, { ...event, count }));
    } else if (event.type === "unreadable") {
      logUnreadable(logger, event);
    } else {
      logEvent(logger, event);
    }
  };
}

function logUnreadable(
  logger: Logger,
  { key, error, parked, count }: Extract<WatcherEvent, { type: "unreadable" }>,
): void {
  const message = parked
    ? "A stored watch cannot be read and is parked."
    : "A stored watch is of a later version and waits for a worker that can read it.";
  logger.error(message, { key, error: messageOf(error), count });
}

function logEvent(logger: Logger, event: WatcherEvent): void {
  if (event.type === "paused") {
    const { message: reason, status, code } = event.pause.reason;
    const hasNoKey = code === "key_function_failed" || code === "invalid_parameter";
    logger.error(hasNoKey ? noKeyMessage : pausedMessage, { reason, status });
  } else if (event.type === "resumed") {
    logger.info("The API key is accepted again; polls go on.", {});
  } else if (event.type === "delivery_failed") {
    const { workspaceId, id } = event.outcome;
    const fields = { workspaceId, id, attempt: event.attempt, error: messageOf(event.error) };
    if (event.parked) {
      logger.error(
        "An outcome is parked: onOutcome failed too often. Call redrive() or run `sync-log-watcher redrive`.",
        fields,
      );
    } else {
      logger.warn("onOutcome failed; the outcome will be delivered again.", fields);
    }
  } else if (event.type === "restored") {
    const { count } = event;
    logger.warn("Watches that were in no queue any more were put back.", { count });
  } else if (event.type === "update_failed") {
    logger.warn("onUpdate failed; the watch continues.", { error: messageOf(event.error) });
  } else if (event.type === "engine_error") {
    const { count } = event;
    logger.warn("The engine met an error and continues.", { error: messageOf(event.error), count });
  } else if (event.type === "engine_recovered") {
    logger.info("The engine works again.", { afterMs: event.afterMs });
  }
}
