import { isDeepStrictEqual } from "node:util";
import type { Operation } from "@qontext/sync-log-document";
import { appendPointer } from "@qontext/sync-log-document";
import type { ShownRecord } from "../run/records.ts";
import type { Subject } from "../run/subject.ts";
import { isTerminal } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import type { Answered, Confirmation, Finding } from "./check.ts";
import { excerpt } from "./check.ts";

/**
 * In what a success shows another record than an earlier reading, or a list of others. That one has changed, or that a list is
 * empty, is another fault: where a record does not say which one it is, it counts as another one if it was not to change.
 */
export function anotherThanBefore(
  subject: Answered,
  earlier: Subject | undefined,
): readonly Finding[] {
  if (subject.listed?.length === 0) return [];
  const sent = new Set<unknown>(Object.values(subject.contractCase.parameters));
  const isNamed = earlier?.records.every(({ value }) =>
    Object.values(value).some((one) => sent.has(one)),
  );
  return otherThanBefore(subject, earlier, isNamed === true);
}

/**
 * In what a success does not show what an earlier reading showed: in anything of a record that does not change any more, in what
 * the path names of any other; and a list, if it has none of the records any more. That it lacks some, or shows them as they
 * were, is another fault.
 *
 * @param isIdentityAll - Whether only what the path names counts.
 */
export function otherThanBefore(
  { contractCase, json, records }: Answered,
  earlier: Subject | undefined,
  isIdentityAll = false,
): readonly Finding[] {
  const [before, now] = [earlier?.json?.value, json?.value];
  if (earlier === undefined || isDeepStrictEqual(before, now)) return [];
  const sent = new Set<unknown>(Object.values(contractCase.parameters));
  const isList = earlier.listed !== undefined;
  const byKey = new Map(records.map((record) => [isList ? record.key : "", record]));
  const named = earlier.records.filter(({ key }) => !isList || key !== undefined);
  const isOther = named.every(({ key }) => !byKey.has(isList ? key : ""));
  return named
    .flatMap((record) => {
      const found = byKey.get(isList ? record.key : "");
      if (found !== undefined) return changeOf(record, found, sent, isList || isIdentityAll);
      const expected = `${excerpt(isList ? earlier.listed : record.value)}, as in a plain request`;
      return (isList ? isOther : isTerminal(record)) ? [{ expected, actual: excerpt(now) }] : [];
    })
    .slice(0, 1);
}

function changeOf(
  before: ShownRecord,
  now: ShownRecord,
  sent: ReadonlySet<unknown>,
  isIdentityAll: boolean,
): readonly Finding[] {
  const name = Object.keys(before.value).find(
    (one) =>
      !isDeepStrictEqual(before.value[one], now.value[one]) &&
      ((!isIdentityAll && isTerminal(before)) || sent.has(before.value[one])),
  );
  if (name === undefined) return [];
  return [
    {
      pointer: appendPointer(now.pointer, name),
      expected: `${excerpt(before.value[name])}, as in a plain request`,
      actual: excerpt(now.value[name]),
    },
  ];
}

/** What confirms that a record is not what another operation showed: it may contradict itself, which is a fault of its own. */
export function rereading(
  { collections }: Specification,
  operation: Operation,
  { parameters }: ShownRecord,
): Confirmation {
  const item = collections.find(({ list }) => list === operation)?.item ?? operation;
  return { operation: item, parameters, isRefutedBy: "contradiction" };
}
