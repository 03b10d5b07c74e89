import { isTerminalStatus, statusesOf } from "@qontext/sync-log-document";
import { ScenarioError } from "../errors.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import type { MockState, RunOptions } from "./mock-state.ts";
import type { PlayOptions } from "./play.ts";
import type { Run } from "./run.ts";

/** A run by the name of what it does. */
export interface NamedRun extends PlayOptions, Omit<RunOptions, "unchecked"> {
  /** A terminal status, played from the beginning to the end; or `at-` and any status, where it stays. */
  readonly name: string;
}

/** The names of all scenarios of a document. */
export function scenarioNames({ lifecycle }: Resource): readonly string[] {
  const statuses = statusesOf(lifecycle).map((status) => `at-${status}`);
  return [...Object.keys(lifecycle.terminal), ...statuses];
}

/**
 * Creates the run of a scenario.
 *
 * @throws ScenarioError for an unknown name.
 */
export function playScenario(state: MockState, scenario: NamedRun): Run {
  const resource = state.requireResource();
  const { name, fields, unchecked } = scenario;
  const names = scenarioNames(resource);
  if (!names.includes(name)) {
    throw new ScenarioError(`Unknown scenario "${name}"; use one of: ${names.join(", ")}.`);
  }
  const run = state.create(scenario);
  return isTerminalStatus(resource.lifecycle, name)
    ? run.follow(name, scenario)
    : run.at(name.slice("at-".length), fields, { unchecked });
}

/** The scenarios of a mock without any: the documented ids, one at the last status and one on its way there. */
export function documentedScenarios({ lifecycle, documentedIds }: Resource): readonly NamedRun[] {
  const ending = lifecycle.order.findLast((status) => isTerminalStatus(lifecycle, status));
  if (ending === undefined) return [];
  const [first, second] = documentedIds;
  return [
    { name: `at-${ending}`, id: first, isReplaceable: true },
    { name: ending, id: second, isReplaceable: true },
  ];
}
