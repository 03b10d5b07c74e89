import type { ControlFace } from "./control/control-operations.ts";
import type { FaultPlan, FaultWhen } from "./faults/fault.ts";
import type { ApiKeys } from "./http/access.ts";
import type { Clock } from "./state/play.ts";
import type { ListOrder } from "./state/run-lists.ts";
import type { NamedRun } from "./state/scenario.ts";

// Apart from what builds a mock, so that the declarations of the package name no type of Prism.

/** A fault that a mock starts with. */
export interface InitialFault {
  readonly plan: FaultPlan;
  readonly when?: FaultWhen;
}

/** The options that say nothing about the served document. */
export interface EngineOptions {
  /**
   * Makes ids, dates, jitter and probabilities the same every time. Dates then start at that of the example of the initial
   * status, unless there is a {@link EngineOptions.clock}.
   *
   * @default a random one
   */
  readonly seed?: string | number | undefined;
  /** The source of the time: for the dates in bodies, and for what moves with time. @default Date */
  readonly clock?: Clock | undefined;
  /** Faults for all requests to start with, and to return to with `reset()`. */
  readonly faults?: readonly InitialFault[] | undefined;
  /**
   * In which order a list shows what was created: the documentation promises none. `shuffled` is another order in each answer, the
   * same for the same seed.
   *
   * @default "newest-first"
   */
  readonly listOrder?: ListOrder | undefined;
  /** How many of the last requests are kept. @default 1000 */
  readonly maxRequests?: number | undefined;
  /**
   * Names of hosts, without a port, under which the page and the control interface may be asked. Addresses and `localhost` always
   * are; a mock that other machines can reach takes any name.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** What a mock serves, and how it is spoken of. */
export interface MockPlan extends EngineOptions {
  readonly spec: string | URL | object;
  readonly apiKeys?: ApiKeys | undefined;
  /** @default the documented ids */
  readonly scenarios?: readonly NamedRun[] | undefined;
  readonly face: ControlFace;
}
