import type { JsonText } from "../json/read-json.ts";
import { stringsIn } from "../json/read-json.ts";
import type { History } from "./history.ts";
import type { Subject } from "./subject.ts";
import { isSuccess } from "./subject.ts";

/** Shorter texts are words that two tenants may share. */
const minLength = 16;
/** More texts than this are found as a whole only, and not within others. */
const maxSearched = 100;
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const names = /[\w.~-]{16,}/g;
const time = /^\d{4}-?\d\d-?\d\d[T\s]/i;

type Shown = Pick<Subject, "bodyText" | "json">;

/** The texts that only another tenant has: they must not appear in a response to anyone else. */
export class ForeignTexts {
  readonly #texts = new Set<string>();
  #searched: readonly string[] = [];

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  /**
   * Adds what the other tenant reads of its own, and what only that has; what its requests name, such as its records, is its
   * own even if others were shown it before.
   */
  addFrom(subject: Subject, history: History): void {
    const { contractCase, records } = subject;
    if (!contractCase.id.endsWith("access/other-owner") || !isSuccess(subject)) return;
    const own = history.allReadings().filter((one) => one.contractCase.caller !== "other");
    const ownNames = new Set(own.flatMap((one) => Object.values(one.contractCase.parameters)));
    const theirNames = [contractCase, ...records].flatMap((one) => Object.values(one.parameters));
    const shared = new Set(own.flatMap((one) => [...marksIn(one)]));
    for (const text of marksIn(subject)) if (!shared.has(text)) this.#texts.add(text);
    for (const text of theirNames)
      if (text.length >= minLength && !ownNames.has(text)) this.#texts.add(text);
    this.#searched = [...this.#texts].filter((text) => text.includes(" ")).slice(0, maxSearched);
  }

  /** Those that a response shows. */
  shownIn(shown: Shown, headers: readonly string[]): readonly string[] {
    const all = [marksIn(shown), ...headers.map((text) => marksOf([text], text))];
    const whole = [...this.#texts].filter((text) => all.some((marks) => marks.has(text)));
    return [...whole, ...this.#searched.filter((text) => shown.bodyText.includes(text))];
  }
}

const known = new WeakMap<JsonText, ReadonlySet<string>>();

/** What may tell whose a body is: its texts, and the ids within them. */
function marksIn({ json, bodyText }: Shown): ReadonlySet<string> {
  const found = json && known.get(json);
  if (found !== undefined) return found;
  const marks = marksOf(json === undefined ? [] : stringsIn(json), bodyText);
  if (json !== undefined) known.set(json, marks);
  return marks;
}

function marksOf(strings: readonly string[], text: string): ReadonlySet<string> {
  const ids = [...(text.match(uuids) ?? []), ...(text.match(names) ?? [])];
  return new Set(
    [...strings, ...ids].filter(
      // A timestamp does not identify its owner, nor does a word of the document.
      (one) => one.length >= minLength && /[\d\s]/.test(one) && !time.test(one),
    ),
  );
}
