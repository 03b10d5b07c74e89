import { stringsIn } from "../json/read-json.ts";
import type { History } from "./history.ts";
import type { Subject } from "./subject.ts";
import { isSuccess } from "./subject.ts";

/** Shorter texts are words that two tenants may share. */
const minLength = 16;

/**
 * The texts that only what the other tenant reads of its own has: they must not appear in a response to anyone else.
 */
export function foreignTextsOf(subject: Subject, history: History): readonly string[] {
  const { contractCase, json } = subject;
  if (!contractCase.id.endsWith("access/other-owner") || !isSuccess(subject)) return [];
  const own = history.allReadings().filter(({ contractCase: { caller } }) => caller !== "other");
  const texts = new Set(stringsIn(json?.value));
  return [...texts].filter((text) => {
    // A timestamp does not identify its owner.
    const isTime = /^\d{4}-\d\d-\d\d[T\s]/i.test(text);
    return (
      text.length >= minLength && !isTime && !own.some(({ bodyText }) => bodyText.includes(text))
    );
  });
}
