import type { JsonObject } from "@qontext/sync-log-document";
import { ageOf, changedAtOf, composeBody } from "../lifecycle/compose-body.ts";
import type { Subject } from "../lifecycle/compose-body.ts";
import type { Frame } from "../lifecycle/plan-route.ts";
import type { Resource } from "../lifecycle/read-resource.ts";

/** When a played lifecycle moves to its next state. */
export type Advance =
  /** With each response that has the body. */
  | "per-request"
  /** With each call of `advance()`. */
  | "manual"
  /** With time. */
  | { readonly everyMs: number };

/** A source of the time, such as `Date`. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** How a lifecycle is played. */
export interface PlayOptions {
  /** Total to count up to; `null` for a total that is never known. @default the total of the document's examples */
  readonly totalRecords?: number | null;
  /** When the next state comes: with each response, with time, or only with `advance()`. @default "per-request" */
  readonly advance?: Advance;
  /** Statuses to leave out. */
  readonly skip?: readonly string[];
  /** How many responses the status that makes progress lasts, each with more of the total done. @default 3 */
  readonly progressSteps?: number;
  /** Fields of the last body that differ from its example: an error message, say. */
  readonly fields?: JsonObject;
  /** Allows bodies that break the schema or an invariant. @default false */
  readonly unchecked?: boolean;
}

/** A lifecycle that is being played. */
export interface Play {
  readonly frames: readonly Frame[];
  readonly advance: Advance;
  /** When it began, by the clock. */
  readonly startedAtMs: number;
  /** When it began, in the bodies. */
  readonly stampedAtMs: number;
  /** Whether the times in bodies are invented instead of the clock's, so that they are the same every time. */
  readonly isTimeInvented: boolean;
  /** Fields of the last body that differ from its example. */
  readonly lastFields: JsonObject;
  /** The body of the first state, if it is one that was already shown. */
  readonly first: JsonObject | undefined;
}

/** The state that a play is in by time alone. */
export function indexByTime(play: Play, shiftedMs: number, nowMs: number): number {
  if (typeof play.advance === "string") return 0;
  const elapsedMs = nowMs - play.startedAtMs + shiftedMs;
  const index = Math.floor(elapsedMs / play.advance.everyMs);
  return Math.min(Math.max(index, 0), play.frames.length - 1);
}

/** The body of one state of a play, after the body of the state before. */
export function bodyOfFrame(
  resource: Resource,
  subject: Subject,
  play: Play,
  index: number,
  previous: JsonObject | undefined,
  nowMs: number,
): JsonObject {
  const frame = play.frames[index];
  if (frame === undefined) return previous ?? {};
  if (index === 0 && play.first !== undefined) return play.first;
  // A clock may be set back; the dates of a body never go back.
  const plannedMs = momentOf(resource, subject, play, index, frame, nowMs);
  const atMs = Math.max(plannedMs, changedAtOf(resource, previous) ?? plannedMs);
  const moment = { atMs, previous, isHistoryInvented: false };
  const body = composeBody(resource, subject, frame, moment);
  return index === play.frames.length - 1 ? { ...body, ...play.lastFields } : body;
}

function momentOf(
  resource: Resource,
  subject: Subject,
  play: Play,
  index: number,
  frame: Frame,
  nowMs: number,
): number {
  if (typeof play.advance !== "string") return play.stampedAtMs + index * play.advance.everyMs;
  if (!play.isTimeInvented) return nowMs;
  const bySteps = play.stampedAtMs + index * 1000;
  return Math.max(bySteps, subject.createdAtMs + ageOfFrame(resource, play, index, frame));
}

/** The age of a status's example; later states of the same status lie between it and the next status's. */
function ageOfFrame(resource: Resource, play: Play, index: number, frame: Frame): number {
  const first = play.frames.findIndex(({ status }) => status === frame.status);
  const count = play.frames.filter(({ status }) => status === frame.status).length;
  const next = play.frames[first + count];
  const ageMs = ageOf(resource, frame.status);
  const nextAgeMs = next === undefined ? ageMs : Math.max(ageMs, ageOf(resource, next.status));
  return ageMs + Math.floor(((nextAgeMs - ageMs) * (index - first)) / count);
}
