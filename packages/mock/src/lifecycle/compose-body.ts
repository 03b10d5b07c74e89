import type { JsonObject } from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";
import { sumOfCounts } from "./field-roles.ts";
import type { Frame } from "./plan-route.ts";
import type { Resource } from "./read-resource.ts";

/** What is the same in every state of one run. */
export interface Subject {
  /** Path parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly own: JsonObject;
  /** Fields of {@link own} that were set explicitly, and stay as they are. */
  readonly given: ReadonlySet<string>;
  readonly identity: (value: unknown) => unknown;
  /** The total to count up to: `undefined` takes the example's, `null` makes it unknown. */
  readonly total: number | null | undefined;
  readonly createdAtMs: number;
}

/** When a state begins, and what came before. */
export interface Moment {
  readonly atMs: number;
  readonly previous: JsonObject | undefined;
  /** Whether a state without a previous one has an invented history, as long as the example's. */
  readonly isHistoryInvented: boolean;
}

/** The body of a run in one state: the status's example with the run's ids, dates and counts. */
export function composeBody(
  resource: Resource,
  subject: Subject,
  frame: Frame,
  moment: Moment,
): JsonObject {
  const example = resource.examples.get(frame.status) ?? {
    ...(moment.previous ?? resource.examples.get(resource.lifecycle.initial)),
    [resource.lifecycle.property]: frame.status,
  };
  const rewritten = subject.identity({ ...example, ...subject.own });
  const body: Record<string, unknown> = isJsonObject(rewritten) ? { ...rewritten } : {};
  for (const field of subject.given) body[field] = subject.own[field] ?? null;
  for (const [field, parameter] of resource.roles.path) {
    const value = subject.path[parameter] ?? null;
    body[field] = typeof example[field] === "number" ? Number(value) : value;
  }
  setDates(resource, subject, body, example, frame, moment);
  setCounts(resource, subject, body, example, frame, moment.previous);
  return body;
}

function setDates(
  resource: Resource,
  subject: Subject,
  body: Record<string, unknown>,
  example: JsonObject,
  frame: Frame,
  { atMs, previous, isHistoryInvented }: Moment,
): void {
  const { dates, own, touched } = resource.roles;
  const originMs = originOf(resource);
  const latestMs = originMs + ageOf(resource, frame.status);
  for (const field of dates) {
    const exampleMs = millisecondsOf(example[field]);
    if (subject.given.has(field)) continue;
    if (own.includes(field)) {
      const ownMs = millisecondsOf(subject.own[field]);
      if (Number.isNaN(ownMs)) continue;
      body[field] = new Date(subject.createdAtMs + (ownMs - originMs)).toISOString();
    } else if (!Number.isNaN(exampleMs)) {
      const before = previous?.[field];
      const isSet = typeof before === "string" && !touched.includes(field);
      const inventedMs = previous === undefined && isHistoryInvented ? latestMs - exampleMs : 0;
      body[field] = isSet ? before : new Date(atMs - inventedMs).toISOString();
    }
  }
}

/** The moment at which the resource of the examples is created. */
export function originOf({ examples, lifecycle, roles }: Resource): number {
  const moments = momentsOf(roles.dates, examples.get(lifecycle.initial));
  return Math.min(...moments, Number.MAX_SAFE_INTEGER);
}

/** How long after its creation the example of a status was made. */
export function ageOf(resource: Resource, status: string): number {
  const originMs = originOf(resource);
  const moments = momentsOf(resource.roles.dates, resource.examples.get(status));
  return Math.max(0, ...moments.map((ms) => ms - originMs));
}

/** When a body says that it was last changed; `undefined` if no date of it moves with every change. */
export function changedAtOf({ roles }: Resource, body: JsonObject | undefined): number | undefined {
  const moments = momentsOf(roles.touched, body);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

function momentsOf(fields: readonly string[], body: JsonObject | undefined): readonly number[] {
  return fields.map((field) => millisecondsOf(body?.[field])).filter((ms) => !Number.isNaN(ms));
}

function millisecondsOf(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function setCounts(
  resource: Resource,
  subject: Subject,
  body: Record<string, unknown>,
  example: JsonObject,
  frame: Frame,
  previous: JsonObject | undefined,
): void {
  const { progress, breakdowns } = resource.roles;
  if (progress === undefined) return;
  const exampleTotal = example[progress.total];
  const exampleCount = example[progress.count];
  if (typeof exampleTotal !== "number") return;
  const total = subject.total ?? exampleTotal;
  body[progress.total] = subject.total === null ? null : total;
  if (subject.total !== null) {
    for (const field of breakdowns) body[field] = scaleCounts(body[field], total);
  }
  if (typeof exampleCount !== "number") return;
  const fraction = frame.fraction ?? (exampleTotal === 0 ? 0 : exampleCount / exampleTotal);
  const before = previous?.[progress.count];
  const atLeast = typeof before === "number" ? before : 0;
  body[progress.count] = Math.max(atLeast, Math.round(total * fraction));
}

/** Makes counts add up to another total, in the same proportions; the rest from rounding goes to the largest remainders. */
function scaleCounts(value: unknown, total: number): unknown {
  const sum = sumOfCounts(value);
  if (sum === undefined || !isJsonObject(value) || sum === 0) return value ?? null;
  const shares = Object.entries(value).map(([key, count]) => {
    const exact = (Number(count) * total) / sum;
    return { key, count: Math.floor(exact), remainder: exact % 1 };
  });
  let left = total - shares.reduce((all, share) => all + share.count, 0);
  for (const share of shares.toSorted((a, b) => b.remainder - a.remainder)) {
    if (left-- > 0) share.count++;
  }
  return Object.fromEntries(shares.map(({ key, count }) => [key, count]));
}

/** The status that a body has; empty for a body without one. */
export function statusOf({ lifecycle }: Resource, body: JsonObject | undefined): string {
  const status = body?.[lifecycle.property];
  return typeof status === "string" ? status : "";
}
