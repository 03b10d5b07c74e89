import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "@qontext/sync-log-document";
import { appendPointer, canFollow, isTerminalStatus } from "@qontext/sync-log-document";
import type { SchemaVisit } from "../exercised/visit-schema.ts";
import type { Sighting } from "../run/history.ts";
import type { ShownRecord } from "../run/records.ts";
import { asShownBy } from "../run/records.ts";
import type { Subject } from "../run/subject.ts";
import { isReading, isSuccess } from "../run/subject.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { Check, CheckContext, Confirmation, Finding } from "./check.ts";
import { excerpt, ofResponse } from "./check.ts";
import { otherThanBefore, rereading } from "./same-resource.ts";

/** A record, and how it was shown before. */
interface Progress {
  readonly record: ShownRecord;
  readonly now: JsonObject;
  readonly before: JsonObject;
  /** What it was at all earlier times. */
  readonly earlier: () => readonly JsonObject[];
  /** Where it was shown before. */
  readonly exchange: Exchange;
  /** If another operation has shown it. */
  readonly confirmation: Confirmation | undefined;
}

/** How records have changed since the same operation showed them, or since another one did, and showed them last. */
function progressOf(
  subject: Subject,
  { history, specification }: CheckContext,
  since: "same" | "other",
): readonly Progress[] {
  const { operation, exchange } = subject;
  const by = since === "same" ? operation : undefined;
  if (!isReading(subject)) return [];
  return subject.records.flatMap((record): readonly Progress[] => {
    const latest = history.latestSighting(record.key, exchange, by);
    const isOfOther = latest?.subject.operation !== operation;
    if (latest === undefined || isOfOther !== (since === "other")) return [];
    const now = record.value;
    const shown = ({ value, subject: reading }: Sighting): JsonObject =>
      asShownBy(specification, operation, value, reading.operation, now);
    const earlier = (): readonly JsonObject[] => history.sightings(record, exchange, by).map(shown);
    const confirmation = isOfOther ? rereading(specification, operation, record) : undefined;
    const { exchange: of } = latest.subject;
    return [{ record, now, before: shown(latest), earlier, exchange: of, confirmation }];
  });
}

const unstable: Check = {
  id: "read/unstable",
  asserts:
    "Repeated reads agree: a terminal record never changes; any other keeps its identity and never returns to an earlier state.",
  comparesReadings: true,
  why: "Two readers of one record see different data; replicas or caches disagree.",
  fix: "Serve one consistent state; read your own writes.",
  judge: (subject, context) => judgeProgress(subject, progressOf(subject, context, "same")),
};

const itemDiffers: Check = {
  id: "list/item-differs",
  asserts:
    "A listed record is the one that is read by its id: both show one state after the other, and a terminal one is the same in both.",
  comparesReadings: true,
  why: "What a client has read by the list contradicts what it reads by the id; one of them is old, or of another record.",
  fix: "Build both from the same source, with the same fields.",
  judge: (subject, context) => {
    const all = progressOf(subject, context, "other");
    const differing = judgeProgress(subject, all) ?? [];
    if (differing.length === 0) return all.length === 0 ? undefined : [];
    // What contradicts itself is no matter of the other operation.
    const own = judgeProgress(subject, progressOf(subject, context, "same")) ?? [];
    const unstablePointers = new Set(own.map(({ pointer = "" }) => parentOf(pointer)));
    return differing.filter(({ pointer = "" }) => !unstablePointers.has(parentOf(pointer)));
  },
};

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** In what records are not what they were, or may have become; undefined if nothing was shown before. */
function judgeProgress(subject: Subject, all: readonly Progress[]): readonly Finding[] | undefined {
  const changes = all.filter(({ now, before }) => !isDeepStrictEqual(now, before));
  const visits = new Map<string, SchemaVisit[]>();
  for (const visit of changes.length === 0 ? [] : subject.visits)
    visits.set(visit.pointer, [...(visits.get(visit.pointer) ?? []), visit]);
  return all.length === 0 ? undefined : changes.flatMap((one) => changesOf(one, visits));
}

function changesOf(progress: Progress, visits: Visits): readonly Finding[] {
  const { record, now, before, earlier } = progress;
  const status = String(before[record.lifecycle.property]);
  if (isTerminalStatus(record.lifecycle, status))
    return [changed(progress, nameOfChange(progress), `the same as before: ${status} is terminal`)];
  if (earlier().some((value) => isDeepStrictEqual(value, now)))
    return [changed(progress, nameOfChange(progress), "a state that was not left before")];
  return identityChanges(progress, visits);
}

function nameOfChange({ now, before }: Progress): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.find((one) => !isDeepStrictEqual(before[one], now[one])) ?? "";
}

function changed(progress: Progress, name: string, expected: string): Finding {
  const { record, before, now, exchange: earlier, confirmation } = progress;
  return {
    earlier,
    confirmation,
    pointer: appendPointer(record.pointer, name),
    expected,
    actual: `${name} was ${excerpt(before[name])}, is ${excerpt(now[name])}`,
  };
}

type Visits = ReadonlyMap<string, readonly SchemaVisit[]>;

/** Properties that are always present say what the record is, except for its status and its times: they do not change. */
function identityChanges(progress: Progress, visits: Visits): readonly Finding[] {
  const { record, now, before } = progress;
  const required = (visits.get(record.pointer) ?? []).flatMap(({ schema }): readonly unknown[] => {
    const list: unknown = schema.value["required"];
    return Array.isArray(list) ? list : [];
  });
  return [...new Set(required.map(String))].flatMap((name) => {
    const own = visits.get(appendPointer(record.pointer, name)) ?? [];
    const isTime = own.some(({ schema }) => schema.value["format"] === "date-time");
    if (name === record.lifecycle.property || isTime) return [];
    if (isDeepStrictEqual(now[name], before[name])) return [];
    return [changed(progress, name, "what it was before")];
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
    const all = (["same", "other"] as const).flatMap((since) =>
      progressOf(subject, context, since),
    );
    const saysSo = subject.rules?.sites.some(
      ({ lifecycle, invariants }) =>
        lifecycle !== undefined &&
        invariants.invariants.some(({ rule }) => rule.includes("canFollow(")),
    );
    if (all.length === 0 || saysSo === true) return undefined;
    return all.flatMap(({ record, now, before, exchange: earlier, confirmation }) => {
      const { lifecycle, pointer } = record;
      const [from, to] = [before[lifecycle.property], now[lifecycle.property]];
      if (typeof from !== "string" || typeof to !== "string" || canFollow(lifecycle, from, to))
        return [];
      const expected = `a status that may follow ${from}`;
      const at = appendPointer(pointer, lifecycle.property);
      return [{ pointer: at, expected, actual: to, earlier, confirmation }];
    });
  },
};

/** Checks that compare an exchange with earlier ones. */
export const comparisonChecks: readonly Check[] = [
  unstable,
  itemDiffers,
  overridesPath,
  notFollowed,
];
