import { isDeepStrictEqual } from "node:util";
import { canFollow, isTerminalStatus } from "@qontext/sync-log-rules";
import { isJsonObject } from "../json/json-pointer.ts";
import { isReading } from "../run/history.ts";
import type { Subject } from "../run/subject.ts";
import type { SchemaRules } from "../spec/operation.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { excerpt } from "./excerpt.ts";

/** A reading and the ones before it, of something that has a lifecycle. */
interface Progress {
  readonly rules: SchemaRules & { readonly lifecycle: NonNullable<SchemaRules["lifecycle"]> };
  readonly now: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly earlier: readonly unknown[];
}

function progressOf(
  subject: Subject,
  { history, specification }: CheckContext,
): Progress | undefined {
  if (!isReading(subject)) return undefined;
  const earlier = history.readings(subject).map((reading) => reading.json?.value);
  const before = earlier.at(-1);
  const now = subject.json?.value;
  const pointer = subject.visits.find(
    (visit) => visit.pointer === "" && specification.rules.get(visit.schemaPointer)?.lifecycle,
  )?.schemaPointer;
  const rules = pointer === undefined ? undefined : specification.rules.get(pointer);
  if (rules?.lifecycle === undefined || !isJsonObject(now) || !isJsonObject(before))
    return undefined;
  return { rules: { ...rules, lifecycle: rules.lifecycle }, now, before, earlier };
}

const unstable: Check = {
  id: "read/unstable",
  asserts:
    "Reading twice gives the same: a terminal record never changes, others keep what they belong to and never return to an earlier state.",
  severity: "error",
  comparesReadings: true,
  why: "Two readers of one record see two records; replicas or caches disagree.",
  fix: "Serve one consistent state; read your own writes.",
  judge: (subject, context) => {
    const progress = progressOf(subject, context);
    if (progress === undefined) return undefined;
    const { now, before, earlier, rules } = progress;
    if (isDeepStrictEqual(now, before)) return [];
    const status = String(before[rules.lifecycle.property]);
    if (isTerminalStatus(rules.lifecycle, status))
      return [changed(before, now, `the same as before: ${status} is terminal`)];
    if (earlier.some((value) => isDeepStrictEqual(value, now))) {
      return [changed(before, now, "a state that was not left before")];
    }
    return identityChanges(subject, context, progress);
  },
};

function changed(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  expected: string,
): Finding {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const name = names.find((one) => !isDeepStrictEqual(before[one], now[one])) ?? "";
  return {
    pointer: `/${name}`,
    expected,
    actual: `${name} was ${excerpt(before[name])}, is ${excerpt(now[name])}`,
  };
}

/** What is always there, and is neither the status nor a time, says what the record is; that does not change. */
function identityChanges(
  subject: Subject,
  { specification }: CheckContext,
  { now, before, rules }: Progress,
): readonly Finding[] {
  const schema = subject.visits.find((visit) => visit.schemaPointer === rules.pointer)?.schema;
  const required: readonly unknown[] = Array.isArray(schema?.["required"])
    ? schema["required"]
    : [];
  return required.flatMap((property) => {
    const name = String(property);
    const visits = subject.visits.filter((visit) => visit.pointer === `/${name}`);
    const isTime = visits.some((visit) => visit.schema["format"] === "date-time");
    if (name === rules.lifecycle.property || isTime || specification.rules.size === 0) return [];
    if (isDeepStrictEqual(now[name], before[name])) return [];
    return [changed({ [name]: before[name] }, { [name]: now[name] }, "what it was before")];
  });
}

/** Only for documents whose invariants do not say it themselves. */
const lifecycle: Check = {
  id: "lifecycle/not-followed",
  asserts:
    "From one reading to the next the status never goes back in x-lifecycle, and never leaves a terminal one.",
  severity: "error",
  comparesReadings: true,
  why: "Whoever waits for the end is told that it has come, and then that it has not.",
  fix: "Write each status once, in order; do not let a late worker overwrite a newer one.",
  judge: (subject, context) => {
    const progress = progressOf(subject, context);
    if (progress === undefined) return undefined;
    const { rules, now, before } = progress;
    if (rules.invariants.invariants.some((one) => one.rule.includes("canFollow(")))
      return undefined;
    const [from, to] = [before[rules.lifecycle.property], now[rules.lifecycle.property]];
    if (typeof from !== "string" || typeof to !== "string" || canFollow(rules.lifecycle, from, to))
      return [];
    return [
      {
        pointer: `/${rules.lifecycle.property}`,
        expected: `a status that may follow ${from}`,
        actual: to,
      },
    ];
  },
};

const headStatus: Check = {
  id: "head/status-differs",
  asserts: "HEAD gets the status that GET gets, or 405 or 501 where it is not offered.",
  severity: "error",
  comparesReadings: true,
  why: "Monitors and caches use HEAD in place of GET (RFC 9110, section 9.3.2).",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judge: (subject, { history }) => {
    const { exchange, contractCase, response } = subject;
    const get =
      contractCase.sameAnswerAs === undefined
        ? undefined
        : history.latest(contractCase.sameAnswerAs);
    if (exchange.request.method !== "HEAD" || get?.response === undefined || response === undefined)
      return undefined;
    const expected = get.response.status;
    if (response.status === 405 || response.status === 501) return undefined;
    return response.status === expected
      ? []
      : [{ expected: `${expected}, as GET gets`, actual: String(response.status) }];
  },
};

const headHeaders: Check = {
  id: "head/headers-differ",
  asserts:
    "HEAD gets the Content-Type, ETag and Content-Length that GET gets, as far as it gets them.",
  severity: "error",
  comparesReadings: true,
  why: "Caches update what they have by the answer to HEAD.",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judge: (subject, context) => {
    const { exchange, contractCase, response } = subject;
    const get =
      contractCase.sameAnswerAs === undefined
        ? undefined
        : context.history.latest(contractCase.sameAnswerAs);
    if (exchange.request.method !== "HEAD" || get?.response === undefined || response === undefined)
      return undefined;
    if (response.status !== get.response.status) return undefined;
    const wanted = get.response.headers;
    return ["content-type", "etag", "content-length"].flatMap((name) => {
      const [ours, theirs] = [headerValue(response.headers, name), headerValue(wanted, name)];
      // Either may leave out what it would have to generate the body for (RFC 9110, section 9.3.2).
      if (ours === undefined || theirs === undefined || ours === theirs) return [];
      if (name !== "content-type" && !isSettled(get, context)) return [];
      return [{ expected: `${name}: ${theirs}, as GET gets`, actual: ours }];
    });
  },
};

/** Whether the next answer to the same request must be the same: an error, or a record that does not change any more. */
function isSettled(get: Subject, { specification, history }: CheckContext): boolean {
  if ((get.response?.status ?? 0) >= 400) return true;
  const value = get.json?.value;
  // Whoever writes the same record in another way each time has another tag and length each time.
  const written = history
    .readings(get)
    .filter((reading) => isDeepStrictEqual(reading.json?.value, value));
  if (new Set(written.map((reading) => reading.bodyText)).size > 1) return false;
  return get.visits.some(({ schemaPointer, pointer }) => {
    const lifecycleOf = specification.rules.get(schemaPointer)?.lifecycle;
    if (pointer !== "" || lifecycleOf === undefined || !isJsonObject(value)) return false;
    return isTerminalStatus(lifecycleOf, String(value[lifecycleOf.property]));
  });
}

const distinguishable: Check = {
  id: "access/foreign-log-distinguishable",
  asserts: "Another tenant's resource is answered as one that does not exist.",
  severity: "error",
  comparesReadings: true,
  why: "A stranger learns what exists.",
  fix: "Answer both from the same code.",
  judge: (subject, { history }) => {
    const { contractCase, response, exchange } = subject;
    const absent =
      contractCase.sameAnswerAs === undefined
        ? undefined
        : history.latest(contractCase.sameAnswerAs);
    if (
      contractCase.family === "auth" ||
      exchange.request.method === "HEAD" ||
      absent?.response === undefined ||
      response === undefined
    )
      return undefined;
    if (response.status < 400 || response.status >= 500) return undefined;
    const [ours, theirs] = [withoutAccidents(subject), withoutAccidents(absent)];
    return ours === theirs ? [] : [{ expected: theirs, actual: ours }];
  },
};

/** An answer without what differs from request to request: ids, times, numbers. */
function withoutAccidents({ response, bodyText, contractCase }: Subject): string {
  let text = bodyText;
  for (const value of Object.values(contractCase.parameters)) {
    if (value !== "") text = text.replaceAll(value, "…");
  }
  const accidents =
    /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z?|\b(?=[a-z]*\d)[0-9a-z]{8,}\b/gi;
  return `${response?.status} ${text.replaceAll(accidents, "…")}`;
}

/** Checks that compare an exchange with earlier ones. */
export const comparisonChecks: readonly Check[] = [
  unstable,
  lifecycle,
  headStatus,
  headHeaders,
  distinguishable,
];
