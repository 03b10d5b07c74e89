import { expect, test } from "vitest";
import type { Answered } from "../src/checks/check.ts";
import { stableDifferences } from "../src/checks/stable-differences.ts";

function partsOf({ bodyText }: Answered): ReadonlyMap<string, string> {
  return new Map([["body", bodyText]]);
}

function saying(bodyText: string): Answered {
  return { bodyText } as Answered;
}

/** The parts in which texts of one kind differ from those of another. */
function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  return stableDifferences(ours.map(saying), theirs.map(saying), partsOf).map(({ part }) => part);
}

test.for([
  ["the same text", ["Not found", "Not found"], ["Not found", "Not found"], []],
  ["another text", ["Not yours", "Not yours"], ["Not found", "Not found"], ["body"]],
  ["a longer text", ["Not found here"], ["Not found"], ["body"]],
  ["a number that counts up", ["req-9", "req-11"], ["req-10", "req-12"], []],
  ["a clock that goes on", ["10:00:00", "10:00:01"], ["10:00:00", "10:00:01"], []],
  ["a clock at a turn", ["10:00:00", "10:00:01"], ["10:00:01", "10:00:01"], []],
  ["a code beside an id", ["E9 (req-1)", "E9 (req-3)"], ["E7 (req-2)", "E7 (req-4)"], ["body"]],
  ["an id on one side", ["Not yours", "Not yours"], ["req-2", "req-4"], ["body"]],
  ["servers in turn", ["web-1", "web-0"], ["web-0", "web-1"], []],
  ["a length that varies", ["a b", "a b c"], ["a b c", "a"], []],
] as const)("%s", ([_name, ours, theirs, expected]) => {
  expect(differences(ours, theirs)).toEqual(expected);
});
