export { createMock } from "./create-mock.ts";
export type { Mock } from "./create-mock.ts";
export {
  BodyError,
  FaultError,
  ListenError,
  MockError,
  ScenarioError,
  SpecError,
} from "./errors.ts";
export type {
  Fault,
  FaultHandle,
  FaultKind,
  FaultPlan,
  FaultWhen,
  RetryAfter,
  StatusFault,
} from "./faults/fault.ts";
export type { ApiKeys } from "./http/access.ts";
export type { Ending, Status, SyncType } from "./known-values.ts";
export type { InitialFault, MockOptions, MockServerOptions } from "./mock-options.ts";
export type { JsonObject, JsonValue } from "./spec/json.ts";
export { startMockServer } from "./start-mock-server.ts";
export type { MockServer } from "./start-mock-server.ts";
export type { Clock } from "./state/clock.ts";
export type { SyncOptions } from "./state/mock-state.ts";
export type { Advance } from "./state/play.ts";
export type { RecordedRequest } from "./state/request-log.ts";
export type { Scenario } from "./state/scenario.ts";
export type { FollowOptions } from "./state/sync-state.ts";
export type { SyncHandle } from "./sync-handle.ts";
export { specSha256, specVersion } from "@qontext/sync-log-schema";
