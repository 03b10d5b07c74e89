export { encodePathParameter } from "../request-parts.ts";
export { backoffDelayMs } from "../retry/decide-retry.ts";
export { parseRetryAfter } from "../retry/retry-after.ts";
export { decidePoll, type FailureReason, type PollDecision } from "./decide-poll.ts";
export { isBehind, rowsOf, type SyncLogObservation, type SyncLogSight } from "./observation.ts";
export { ListSamples, type SampledRead } from "./list-samples.ts";
export type { PollPlan } from "./plan-poll.ts";
export {
  afterList,
  afterOne,
  type AwaitedRead,
  defaultReadLimits,
  type KnownReads,
  type ListOutcome,
  mayList,
  newKnownReads,
  patienceMs,
  type PlannedList,
  type PlannedRead,
  planReads,
  type ReadLimits,
} from "./plan-reads.ts";
export {
  keyDigestOf,
  listForPoll,
  type ListForPoll,
  pollFailure,
  type PollFailure,
  type PollResult,
  pollSuccess,
  readForPoll,
  redactionOf,
  type SyncLogListSource,
  type SyncLogSource,
} from "./poll-result.ts";
export { newPollState, type PollRules, type PollState } from "./poll-state.ts";
export { resolveWaitLimits, type WaitLimits } from "./wait-options.ts";
export { type Progress, progressOf, type ProgressState } from "./progress.ts";
