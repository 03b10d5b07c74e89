import type { Answered } from "./check.ts";

/** Something that all responses of one kind have, and none of another. */
export interface StableDifference {
  /** `status`, `header etag`, `body /message`. */
  readonly part: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Parts of a response, as texts without what the request itself has put in. */
type Parts = ReadonlyMap<string, string>;

const absent = "nothing";

/** What stands before a part that says how others are arranged. */
const order = "order of ";

/**
 * What tells two kinds of responses apart. What is not the same in all responses of a kind, such as an id of the request or
 * the time, is learnt to be volatile, and not compared: of a text that has such a word, the other words are.
 *
 * @param readParts - What is compared. @default status, headers and body
 */
export function stableDifferences(
  ours: readonly Answered[],
  theirs: readonly Answered[],
  readParts: (subject: Answered) => Parts = partsOf,
): readonly StableDifference[] {
  if (ours.length === 0 || theirs.length === 0) return [];
  const [left, right] = [ours.map(readParts), theirs.map(readParts)];
  const names = new Set([...left, ...right].flatMap((parts) => [...parts.keys()]));
  const found = [...names].flatMap((part) => {
    const values = (all: readonly Parts[]): readonly string[] =>
      all.map((parts) => parts.get(part) ?? absent);
    const [our, their] = [values(left), values(right)];
    if (!wordsDiffer(our, their)) return [];
    return [{ part, ours: our[0] ?? absent, theirs: their[0] ?? absent }];
  });
  // Where one has more than the other, the order is no finding of its own.
  const plain = found.filter(({ part }) => !part.startsWith(order));
  return plain.length > 0 ? plain : found;
}

/** Whether a word, or the number of words, is the same in all texts of a kind, and another one in all of the other kind. */
function wordsDiffer(ours: readonly string[], theirs: readonly string[]): boolean {
  const [left, right] = [ours.map(wordsOf), theirs.map(wordsOf)];
  const counts = onlyValue([...left, ...right].map((words) => words.length));
  if (counts === undefined) {
    const [our, their] = [left, right].map((all) => onlyValue(all.map(({ length }) => length)));
    return our !== undefined && their !== undefined;
  }
  return Array.from({ length: counts }, (_none, index) => index).some((index) => {
    const [our, their] = [left, right].map((all) => onlyValue(all.map((words) => words[index])));
    return our !== undefined && their !== undefined && our !== their;
  });
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s:;,()[\]{}<>="']+/);
}

function onlyValue<Value>(values: readonly Value[]): Value | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

/** Headers of the connection rather than the message, and the length of a body that is itself compared. */
const unlikeHeaders = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
  "date",
  "age",
]);

const maxTextLength = 4096;
const maxParts = 400;

/** Status, headers and body of a response. */
function partsOf(subject: Answered): Parts {
  const { response, json, bodyText, isHead } = subject;
  const mask = masker(subject);
  const parts = new Map<string, string>([
    ["status", String(response.status)],
    ["reason phrase", response.reason],
    [
      `${order}the headers`,
      response.headers
        .map(([name]) => name)
        .filter((name) => !unlikeHeaders.has(name.toLowerCase()))
        .join(" "),
    ],
  ]);
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (unlikeHeaders.has(lower) && !(isHead && lower === "content-length")) continue;
    const earlier = parts.get(`header ${lower}`);
    parts.set(`header ${lower}`, mask(earlier === undefined ? value : `${earlier}, ${value}`));
  }
  if (json?.value === undefined) parts.set("body", mask(bodyText));
  else addValues(parts, "body ", json.value, mask);
  return parts;
}

function addValues(
  parts: Map<string, string>,
  part: string,
  value: unknown,
  mask: (text: string) => string,
): void {
  if (parts.size >= maxParts) return;
  if (typeof value !== "object" || value === null) {
    parts.set(part, mask(typeof value === "string" ? value : JSON.stringify(value)));
    return;
  }
  parts.set(`${part}/`, Array.isArray(value) ? "a list" : "an object");
  parts.set(`${order}${part}/`, Object.keys(value).map(mask).join(" "));
  for (const [name, member] of Object.entries(value))
    addValues(parts, `${part}/${mask(name)}`, member, mask);
}

/** Takes out the values that a request has in its path: a response may repeat them. */
function masker({ contractCase }: Answered): (text: string) => string {
  const sent = Object.values(contractCase.parameters)
    .filter((value) => value !== "")
    .toSorted((left, right) => right.length - left.length);
  return (text) => {
    let masked = text.slice(0, maxTextLength);
    for (const value of sent)
      masked = masked.replaceAll(value, "…").replaceAll(encodeURIComponent(value), "…");
    return masked;
  };
}
