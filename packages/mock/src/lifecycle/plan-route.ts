import { isTerminalStatus, pathTo } from "@qontext/sync-log-document";
import type { Resource } from "./read-resource.ts";
import { ScenarioError } from "../errors.ts";

/** One state of a played lifecycle. */
export interface Frame {
  readonly status: string;
  /** How much of the total is done, 0 to 1; `undefined` if the status's example says it. */
  readonly fraction: number | undefined;
}

/** How a lifecycle is to be played. */
export interface RouteOptions {
  /** The status to start from. */
  readonly from: string;
  readonly to: string;
  /** Statuses to leave out. */
  readonly skip: readonly string[];
  /** The number of states of a status that makes progress. */
  readonly progressSteps: number;
}

/**
 * Plans the states between two statuses, both included.
 *
 * A status is on the way if the ending's example has every field that the status's example has: an ending whose example has no
 * total was never counted.
 *
 * @throws ScenarioError if the ending is not a terminal status, or `skip` names a status that is not on the way.
 */
export function planRoute(resource: Resource, options: RouteOptions): readonly Frame[] {
  const { from, to, skip, progressSteps } = options;
  const { lifecycle } = resource;
  if (!isTerminalStatus(lifecycle, to)) {
    const endings = Object.keys(lifecycle.terminal).join(", ");
    throw new ScenarioError(
      `"${to}" is not a terminal status; follow one of: ${endings}. To stay at a status, use at().`,
    );
  }
  const whole = pathTo(lifecycle, to);
  const unknown = skip.find((status) => !whole.includes(status) || status === to);
  if (unknown !== undefined) {
    const choices = whole.slice(0, -1).join(", ");
    throw new ScenarioError(
      `"${unknown}" cannot be skipped on the way to "${to}"; the way has: ${choices}.`,
    );
  }
  const start = whole.indexOf(from);
  const way = whole
    .slice(Math.max(start, 0))
    .filter((status) => status === from || status === to || leadsTo(resource, status, to))
    .filter((status) => !skip.includes(status));
  return way.flatMap((status) => framesOf(resource, status, progressSteps));
}

function leadsTo(resource: Resource, status: string, ending: string): boolean {
  const here = resource.examples.get(status) ?? {};
  const there = resource.examples.get(ending) ?? {};
  const { own } = resource.roles;
  return Object.entries(here).every(
    ([field, value]) => value === null || own.includes(field) || (there[field] ?? null) !== null,
  );
}

function framesOf(resource: Resource, status: string, steps: number): readonly Frame[] {
  const { progress } = resource.roles;
  const example = resource.examples.get(status);
  const count = progress === undefined ? undefined : example?.[progress.count];
  const total = progress === undefined ? undefined : example?.[progress.total];
  const isPartial =
    typeof count === "number" && typeof total === "number" && count > 0 && count < total;
  if (!isPartial || isTerminalStatus(resource.lifecycle, status)) {
    return [{ status, fraction: undefined }];
  }
  return Array.from({ length: steps }, (_, index) => ({
    status,
    fraction: (index + 1) / (steps + 1),
  }));
}
