import { isTerminalStatus, statusesOf } from "@qontext/sync-log-rules";
import type { Resource } from "../lifecycle/read-resource.ts";
import { ScenarioError } from "../errors.ts";
import type { JsonObject } from "../spec/json.ts";
import type { MockState, SyncEntry } from "./mock-state.ts";
import type { FollowOptions } from "./sync-state.ts";

/** A sync by the name of what becomes of it. */
export interface Scenario extends FollowOptions {
  /** A terminal status, played from the beginning to the end; or `at-` and any status, where it stays. */
  readonly name: string;
  readonly workspaceId?: string;
  readonly id?: string;
  readonly type?: string;
}

/** Every name of a scenario that a document has. */
export function scenarioNames(resource: Resource): readonly string[] {
  const { lifecycle } = resource;
  return [
    ...Object.keys(lifecycle.terminal),
    ...statusesOf(lifecycle).map((status) => `at-${status}`),
  ];
}

/**
 * Creates the sync of a scenario.
 *
 * @throws {@link ScenarioError} for a name that there is not.
 */
export function playScenario(state: MockState, scenario: Scenario): SyncEntry {
  const resource = state.requireResource();
  const { name, workspaceId, id, type, ...options } = scenario;
  const names = scenarioNames(resource);
  if (!names.includes(name)) {
    throw new ScenarioError(`There is no scenario "${name}"; use one of: ${names.join(", ")}.`);
  }
  const entry = state.create({
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(id === undefined ? {} : { id }),
    ...(type === undefined ? {} : { type }),
    ...(options.unchecked === undefined ? {} : { unchecked: options.unchecked }),
  });
  if (isTerminalStatus(resource.lifecycle, name)) entry.state.follow(name, options);
  else
    entry.state.at(name.slice("at-".length), options.fields ?? ({} satisfies JsonObject), options);
  return entry;
}

/** The syncs of a mock that is told nothing: the documented ids, one completed, one on its way. */
export function documentedScenarios(resource: Resource): readonly Scenario[] {
  const ending = resource.lifecycle.order.findLast((status) =>
    isTerminalStatus(resource.lifecycle, status),
  );
  if (ending === undefined) return [];
  const [first, second] = resource.documentedIds;
  return [
    { name: `at-${ending}`, ...(first === undefined ? {} : { id: first }) },
    { name: ending, ...(second === undefined ? {} : { id: second }) },
  ];
}
