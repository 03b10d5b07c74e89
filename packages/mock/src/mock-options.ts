import type { FaultPlan, FaultWhen } from "./faults/fault.ts";
import type { ApiKeys } from "./http/access.ts";
import type { Clock } from "./state/clock.ts";
import type { Scenario } from "./state/scenario.ts";

/** A fault that a mock starts with. */
export interface InitialFault {
  readonly plan: FaultPlan;
  readonly when?: FaultWhen;
}

/** Options of {@link createMock}. */
export interface MockOptions {
  /**
   * OpenAPI 3.0 or 3.1 document to serve: a path, a `file:` URL, or the document itself. One without `x-lifecycle` is served as
   * Prism serves it.
   *
   * @default the document that the package was built from
   */
  readonly spec?: string | URL | object;
  /**
   * Keys, each with the workspaces that it opens. Without it every key opens every workspace; no key is still 401.
   */
  readonly apiKeys?: ApiKeys;
  /**
   * Makes ids, dates, jitter and probabilities the same from run to run. Dates then start at that of the document's example
   * of a new sync, unless there is a {@link MockOptions.clock}.
   *
   * @default another one each time
   */
  readonly seed?: string | number;
  /**
   * Where the time comes from: the dates in bodies, and when a sync that follows the time moves on.
   *
   * @default Date
   */
  readonly clock?: Clock;
  /**
   * Syncs to start with, and to return to by `reset()`; a name alone stands for a scenario without options.
   *
   * @default two syncs with the documented ids: the first is completed, the second completes request by request
   */
  readonly scenarios?: readonly (string | Scenario)[];
  /** Faults for all requests to start with, and to return to by `reset()`. */
  readonly faults?: readonly InitialFault[];
  /**
   * How many of the last requests are kept.
   *
   * @default 1000
   */
  readonly maxRequests?: number;
}

/** Options of {@link startMockServer}. */
export interface MockServerOptions extends MockOptions {
  /**
   * Port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * Address to listen on. Anything but loopback lets other machines use the mock and its control interface.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string;
}
