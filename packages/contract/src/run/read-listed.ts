import type { Collection } from "@qontext/sync-log-document";
import { known, writeCase } from "../plan/case-writer.ts";
import type { ContractCase, Family } from "../plan/contract-case.ts";
import type { PlanInput } from "../plan/plan-input.ts";
import type { Course } from "./course.ts";
import { leftOf, within } from "./course.ts";
import { runCase } from "./run-case.ts";
import type { RunState } from "./run-state.ts";
import type { Subject } from "./subject.ts";

/** How many records of a list are read by their ids, beside those that are known without it. */
export const maxListed = 6;

/**
 * Reads records by their ids that only a list has shown so far: of what turned up since the last time, some from the whole
 * length of the list.
 */
export async function readListed(
  state: RunState,
  courses: readonly Course[],
  family: Family,
): Promise<void> {
  for (const collection of state.run.specification.collections) {
    const [list, course] = [collection.list, collection.item].map((operation) =>
      courses.find(({ plan }) => plan.input.operation === operation),
    );
    if (list === undefined || course === undefined) continue;
    const readings = state.runner.history
      .allReadings()
      .filter((one) => one.operation === collection.list && one.contractCase.caller !== "other");
    // The latest of each owner.
    const latest = [...new Map(readings.map((one) => [one.scope, one])).values()];
    for (const parameters of latest.flatMap((reading) => chosen(course, collection, reading))) {
      const contractCase = listedCase(course, family, list.plan.input, parameters);
      if (!state.runner.selection.isCaseSent(contractCase.id) || leftOf(state, course) <= 0)
        continue;
      const { result } = await within(state, course, () =>
        runCase(state.runner, state.sender, collection.item, contractCase),
      );
      course.results.push(result);
    }
  }
}

/** The parameters of some of the records that are new in a list. */
function chosen(
  { listed, plan }: Course,
  { idParameter, idProperty }: Collection,
  { records, contractCase: { parameters } }: Subject,
): readonly ContractCase["parameters"][] {
  for (const target of plan.input.targets) listed.add(target[idParameter] ?? "");
  const ids = records.flatMap(({ key, value }) =>
    key === undefined || idProperty === undefined ? [] : String(value[idProperty]),
  );
  const fresh = ids.filter((id) => !listed.has(id));
  for (const id of fresh) listed.add(id);
  const step = Math.max(1, (fresh.length - 1) / (maxListed - 1));
  return fresh
    .filter((_id, index) => Math.floor(index / step) > Math.floor((index - 1) / step))
    .map((id) => ({ ...parameters, [idParameter]: id }));
}

function listedCase(
  course: Course,
  family: Family,
  list: PlanInput,
  parameters: ContractCase["parameters"],
): ContractCase {
  course.listedCases += 1;
  return writeCase(course.plan.input, family, {
    name: `listed-${course.listedCases}`,
    purpose: "A record that is listed is served by its id.",
    parameters,
    expect: { ...known, statuses: [...known.statuses, 404] },
    readsAsOwner: true,
    listedBy: list.operation.id,
  });
}
