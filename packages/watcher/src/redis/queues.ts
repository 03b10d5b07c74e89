import { type Queue, type Worker, withBackend } from "bullmq";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import type { WatchConnection } from "./connect.ts";
import type { ServerClock } from "./server-clock.ts";
import { type BackendObserver, serverTimeBackend } from "./server-time-backend.ts";

/** The queue of the polls: one job for each watch, delayed between two polls. */
export const pollQueueName = "polls";

/** The queue of the outcomes: one job for each watch that has ended. */
export const outcomeQueueName = "outcomes";

/** A queue of polls. */
export type PollQueue = Queue<WatchState, void>;
/** A queue of outcomes. */
export type OutcomeQueue = Queue<WatchOutcome, void>;
/** A worker of either queue. */
export type PollWorker = Worker<WatchState, void>;
/** A worker of the outcomes. */
export type OutcomeWorker = Worker<WatchOutcome, void>;

const silent: BackendObserver = { rateLimited: () => undefined };

/** The two queues over one connection. */
export interface WatchQueues {
  readonly polls: PollQueue;
  readonly outcomes: OutcomeQueue;
}

/** Few: nobody reads them but dashboards. */
const maxEvents = 1000;

/** Opens the two queues on a connection that stays the caller's. */
export function openQueues(
  clock: ServerClock,
  connection: WatchConnection,
  prefix: string,
  onError: (error: Error) => void,
): WatchQueues {
  const { Queue } = withBackend(serverTimeBackend(clock, silent));
  const options = { connection, prefix, streams: { events: { maxLen: maxEvents } } };
  const polls: PollQueue = new Queue<WatchState, void>(pollQueueName, options);
  const outcomes: OutcomeQueue = new Queue<WatchOutcome, void>(outcomeQueueName, options);
  polls.on("error", onError);
  outcomes.on("error", onError);
  return { polls, outcomes };
}
