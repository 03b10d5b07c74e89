/**
 * How the status of a record may change over time: the `x-lifecycle` of a schema.
 */
export interface Lifecycle {
  /** Name of the property that holds the status. */
  readonly property: string;
  /** The status a new record has. */
  readonly initial: string;
  /** The statuses of a run that succeeds, first to last. A record never goes back in this order. */
  readonly order: readonly string[];
  /** Each terminal status with its outcome. A record never leaves a terminal status. */
  readonly terminal: Readonly<Record<string, string>>;
}

/** Thrown where a lifecycle does not have the status that was asked for. */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
  /** Stable, for programs. */
  readonly code = "unknown_terminal_status";
}

/**
 * Whether a record in this status can never change again. A status that the lifecycle does not know is not terminal.
 */
export function isTerminalStatus(lifecycle: Lifecycle, status: string): boolean {
  return Object.hasOwn(lifecycle.terminal, status);
}

/** Every status the lifecycle names: the order first, then the terminal statuses that are not part of it. */
export function statusesOf(lifecycle: Lifecycle): readonly string[] {
  return [...new Set([...lifecycle.order, ...Object.keys(lifecycle.terminal)])];
}

/**
 * Whether a record seen in status `from` may be seen in status `to` later.
 *
 * The same status may be seen again. Statuses may be left out (a poll can miss one), the order is never gone back to, and a
 * terminal status is never left. Every status that is not terminal may be followed by every terminal one. A status that the
 * lifecycle does not know is tolerated, on either side, unless it would follow a terminal one.
 */
export function canFollow(lifecycle: Lifecycle, from: string, to: string): boolean {
  if (from === to) return true;
  if (isTerminalStatus(lifecycle, from)) return false;
  const fromIndex = lifecycle.order.indexOf(from);
  const toIndex = lifecycle.order.indexOf(to);
  return fromIndex === -1 || toIndex === -1 || toIndex > fromIndex;
}

/** Every other status that may come after `from`, nearest first; empty for a terminal status. */
export function nextStatuses(lifecycle: Lifecycle, from: string): readonly string[] {
  return statusesOf(lifecycle).filter((to) => to !== from && canFollow(lifecycle, from, to));
}

/**
 * The longest way from the initial status to a terminal one, both included: what a mock plays when it leaves nothing out.
 *
 * @throws LifecycleError if `terminal` is not a terminal status of the lifecycle.
 */
export function pathTo(lifecycle: Lifecycle, terminal: string): readonly string[] {
  if (!isTerminalStatus(lifecycle, terminal)) {
    const known = Object.keys(lifecycle.terminal).join(", ");
    throw new LifecycleError(`"${terminal}" is not a terminal status; use one of: ${known}.`);
  }
  const steps = lifecycle.order.filter((status) => !isTerminalStatus(lifecycle, status));
  const start = Math.max(0, steps.indexOf(lifecycle.initial));
  return [...steps.slice(start), terminal];
}
