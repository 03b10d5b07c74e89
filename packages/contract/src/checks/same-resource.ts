import { isDeepStrictEqual } from "node:util";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import { isTerminal } from "../run/subject.ts";
import type { Answered, Finding } from "./check.ts";
import { excerpt } from "./check.ts";

/**
 * In what a success does not show the resource that an earlier reading showed: in anything, if that one does not change any
 * more; otherwise in what the path names.
 */
export function otherThanBefore(
  { contractCase, json }: Answered,
  earlier: Subject | undefined,
): readonly Finding[] {
  const [before, now] = [earlier?.json?.value, json?.value];
  if (earlier === undefined || isDeepStrictEqual(before, now)) return [];
  const isSettled = isTerminal(earlier);
  if (!isJsonObject(before) || !isJsonObject(now))
    return isSettled ? [{ expected: excerpt(before), actual: excerpt(now) }] : [];
  const sent = new Set<unknown>(Object.values(contractCase.parameters));
  const name = Object.keys(before).find(
    (one) => !isDeepStrictEqual(before[one], now[one]) && (isSettled || sent.has(before[one])),
  );
  if (name === undefined) return [];
  return [
    {
      pointer: appendPointer("", name),
      expected: `${excerpt(before[name])}, as in a plain request`,
      actual: excerpt(now[name]),
    },
  ];
}
