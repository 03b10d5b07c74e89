export { encodePathParameter } from "../request-parts.ts";
export { backoffDelayMs } from "../retry/decide-retry.ts";
export { parseRetryAfter } from "../retry/retry-after.ts";
export { decidePoll, type FailureReason, type PollDecision } from "./decide-poll.ts";
export type { SyncLogObservation, SyncLogSight } from "./observation.ts";
export type { PollPlan } from "./plan-poll.ts";
export {
  keyDigestOf,
  pollFailure,
  type PollFailure,
  type PollResult,
  pollSuccess,
  readForPoll,
  redactionOf,
  type SyncLogSource,
} from "./poll-result.ts";
export { newPollState, type PollRules, type PollState } from "./poll-state.ts";
export { resolveWaitLimits, type WaitLimits } from "./wait-options.ts";
export { type Progress, progressOf, type ProgressState } from "./progress.ts";
