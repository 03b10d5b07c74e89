import { isDeepStrictEqual } from "node:util";
import type { JsonObject, Lifecycle } from "@qontext/sync-log-document";
import {
  appendPointer,
  canFollow,
  isJsonObject,
  isTerminalStatus,
} from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import { isReading, isSuccess } from "../run/subject.ts";
import type { Check, CheckContext, Finding } from "./check.ts";
import { excerpt, ofResponse } from "./check.ts";
import { otherThanBefore } from "./same-resource.ts";

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

/** A request whose query, or headers, name another resource than its path. */
const overridesPath: Check = {
  id: "query/overrides-path",
  asserts: "Neither the query nor a header replaces a parameter of the path.",
  comparesReadings: true,
  why: "Access is checked for one resource, and another one is served.",
  fix: "Read each parameter from its documented place only.",
  judge: ofResponse((subject, { history }) => {
    const { contractCase, response } = subject;
    if (contractCase.expect?.otherwise !== "query/overrides-path") return undefined;
    const isRefused = response.status >= 400 && response.status !== 400 && response.status < 500;
    if (isRefused)
      return [{ expected: "what the path names, or 400", actual: String(response.status) }];
    if (!isSuccess(subject)) return [];
    return otherThanBefore(subject, history.readings(subject).at(-1));
  }),
};

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

/** Checks that compare an exchange with earlier ones. */
export const comparisonChecks: readonly Check[] = [unstable, overridesPath, notFollowed];
