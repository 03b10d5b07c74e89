import { isDeepStrictEqual } from "node:util";
import type { JsonObject, Lifecycle } from "@qontext/sync-log-document";
import {
  appendPointer,
  canFollow,
  isJsonObject,
  isTerminalStatus,
} from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import { isReading, isTerminal } from "../run/subject.ts";
import type { Answered, Check, CheckContext, Finding } from "./check.ts";
import { assertThat, excerpt, ofResponse } from "./check.ts";

/** A reading and the ones before it, of something that has a lifecycle. */
interface Progress {
  readonly lifecycle: Lifecycle;
  readonly now: JsonObject;
  readonly before: JsonObject;
  readonly earlier: readonly unknown[];
}

function progressOf(subject: Subject, { history }: CheckContext): Progress | undefined {
  if (!isReading(subject)) return undefined;
  const earlier = history.readings(subject).map((reading) => reading.json?.value);
  const [before, now] = [earlier.at(-1), subject.json?.value];
  const lifecycle = subject.rules?.lifecycle;
  if (lifecycle === undefined || !isJsonObject(now) || !isJsonObject(before)) return undefined;
  return { lifecycle, now, before, earlier };
}

const unstable: Check = {
  id: "read/unstable",
  asserts:
    "Repeated reads agree: a terminal record never changes; any other keeps its identity and never returns to an earlier state.",
  comparesReadings: true,
  why: "Two readers of one record see different data; replicas or caches disagree.",
  fix: "Serve one consistent state; read your own writes.",
  judge: (subject, context) => {
    const progress = progressOf(subject, context);
    if (progress === undefined) return undefined;
    const { now, before, earlier, lifecycle } = progress;
    if (isDeepStrictEqual(now, before)) return [];
    const status = String(before[lifecycle.property]);
    if (isTerminalStatus(lifecycle, status))
      return [changed(before, now, `the same as before: ${status} is terminal`)];
    if (earlier.some((value) => isDeepStrictEqual(value, now))) {
      return [changed(before, now, "a state that was not left before")];
    }
    return identityChanges(subject, progress);
  },
};

function changed(before: JsonObject, now: JsonObject, expected: string): Finding {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const name = names.find((one) => !isDeepStrictEqual(before[one], now[one])) ?? "";
  return {
    pointer: appendPointer("", name),
    expected,
    actual: `${name} was ${excerpt(before[name])}, is ${excerpt(now[name])}`,
  };
}

/** Properties that are always present say what the record is, except for its status and its times: they do not change. */
function identityChanges(
  { visits }: Subject,
  { now, before, lifecycle }: Progress,
): readonly Finding[] {
  const required = visits.flatMap(({ pointer, schema }): readonly unknown[] => {
    const list: unknown = pointer === "" ? schema.value["required"] : undefined;
    return Array.isArray(list) ? list : [];
  });
  return [...new Set(required.map(String))].flatMap((name) => {
    const pointer = appendPointer("", name);
    const isTime = visits.some(
      (visit) => visit.pointer === pointer && visit.schema.value["format"] === "date-time",
    );
    if (name === lifecycle.property || isTime) return [];
    if (isDeepStrictEqual(now[name], before[name])) return [];
    return [changed({ [name]: before[name] }, { [name]: now[name] }, "what it was before")];
  });
}

/** Only for documents whose invariants do not say it themselves. */
const notFollowed: Check = {
  id: "lifecycle/not-followed",
  asserts:
    "From one reading to the next the status never goes back in x-lifecycle, and never leaves a terminal one.",
  comparesReadings: true,
  why: "A client that waits for the end is told that it has come, and then that it has not.",
  fix: "Write each status once, in order; do not let a late worker overwrite a newer one.",
  judge: (subject, context) => {
    const progress = progressOf(subject, context);
    if (progress === undefined) return undefined;
    const { lifecycle, now, before } = progress;
    const saysSo = subject.rules?.sites.some(
      ({ path, invariants }) =>
        path.length === 0 && invariants.invariants.some(({ rule }) => rule.includes("canFollow(")),
    );
    if (saysSo === true) return undefined;
    const [from, to] = [before[lifecycle.property], now[lifecycle.property]];
    if (typeof from !== "string" || typeof to !== "string" || canFollow(lifecycle, from, to))
      return [];
    const pointer = appendPointer("", lifecycle.property);
    return [{ pointer, expected: `a status that may follow ${from}`, actual: to }];
  },
};

/** A judge of HEAD, beside the response that GET got. */
function besideGet(
  judge: (head: Answered, get: Answered, context: CheckContext) => readonly Finding[] | undefined,
): Check["judge"] {
  return ofResponse((head, context) => {
    const get = context.history.comparedWith(head.contractCase);
    const { response } = get ?? {};
    if (!head.isHead || get === undefined || response === undefined) return undefined;
    return judge(head, { ...get, response }, context);
  });
}

const headStatus: Check = {
  id: "head/status-differs",
  asserts: "HEAD gets the status that GET gets, or 405 or 501 where it is not supported.",
  comparesReadings: true,
  why: "Monitors and caches use HEAD instead of GET (RFC 9110, section 9.3.2).",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judge: besideGet(({ response: { status } }, get) => {
    if (status === 405 || status === 501) return undefined;
    const expected = get.response.status;
    return assertThat(status === expected, `${expected}, as GET gets`, String(status));
  }),
};

const headHeaders: Check = {
  id: "head/headers-differ",
  asserts: "Where HEAD gets Content-Type, ETag or Content-Length, they are those that GET gets.",
  comparesReadings: true,
  why: "Caches update what they have stored from the response to HEAD.",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judge: besideGet((head, get, context) => {
    if (head.response.status !== get.response.status) return undefined;
    const isComparable = isSettled(get, context);
    return ["content-type", "etag", "content-length"].flatMap((name) => {
      const [ours, theirs] = [head.header(name), get.header(name)];
      // Both may leave out what takes generating the body (RFC 9110, section 9.3.2).
      if (ours === undefined || theirs === undefined) return [];
      if (name !== "content-type" && !isComparable) return [];
      return assertThat(ours === theirs, `${name}: ${theirs}, as GET gets`, ours);
    });
  }),
};

/** Whether the next response to the same request must be the same: an error, or a record that does not change any more. */
function isSettled(get: Subject, { history }: CheckContext): boolean {
  if ((get.response?.status ?? 0) >= 400) return true;
  // A service that serializes the same record differently each time has another tag and length each time.
  const serialized = history
    .readings(get)
    .filter((reading) => isDeepStrictEqual(reading.json?.value, get.json?.value));
  if (new Set(serialized.map((reading) => reading.bodyText)).size > 1) return false;
  return isTerminal(get);
}

const distinguishable: Check = {
  id: "access/foreign-resource-distinguishable",
  asserts: "Another tenant's resource gets the same response as one that does not exist.",
  comparesReadings: true,
  why: "An unauthorized caller learns what exists.",
  fix: "Answer both from the same code path.",
  judge: ofResponse((subject, { history }) => {
    const { contractCase, response, isHead } = subject;
    const absent = history.comparedWith(contractCase);
    if (contractCase.family === "auth" || isHead || absent?.response === undefined)
      return undefined;
    if (response.status < 400 || response.status >= 500) return undefined;
    const [ours, theirs] = [maskVolatileParts(subject), maskVolatileParts(absent)];
    return assertThat(ours === theirs, theirs, ours);
  }),
};

/** A response with the parts masked that differ from request to request: ids, times, numbers. */
function maskVolatileParts({ response, bodyText, contractCase }: Subject): string {
  let text = bodyText;
  for (const value of Object.values(contractCase.parameters)) {
    if (value !== "") text = text.replaceAll(value, "…");
  }
  const volatileParts =
    /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z?|\b(?=[a-z]*\d)[0-9a-z]{8,}\b/gi;
  return `${response?.status} ${text.replaceAll(volatileParts, "…")}`;
}

/** Checks that compare an exchange with earlier ones. */
export const comparisonChecks: readonly Check[] = [
  unstable,
  notFollowed,
  headStatus,
  headHeaders,
  distinguishable,
];
