export { specSha256, specVersion } from "@qontext/sync-log-schema";
export type { JsonObject } from "@qontext/sync-log-document";
export {
  BodyError,
  FaultError,
  ListenError,
  MockError,
  RedirectError,
  ScenarioError,
  SpecError,
} from "./errors.ts";
export type {
  Ending,
  FollowOptions,
  Mock,
  MockOptions,
  MockServer,
  MockServerOptions,
  Scenario,
  Status,
  SyncHandle,
  SyncOptions,
  SyncType,
} from "./face.ts";
export { createMock, startMockServer } from "./face.ts";
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
export type { InitialFault } from "./mock-plan.ts";
export type { Advance, Clock } from "./state/play.ts";
export type { RecordedRequest } from "./state/request-log.ts";
export type { ListOrder } from "./state/run-lists.ts";
