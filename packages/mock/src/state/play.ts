import type { JsonObject } from "../spec/json.ts";
import { ageOf, composeBody } from "../lifecycle/compose-body.ts";
import type { Subject } from "../lifecycle/compose-body.ts";
import type { Frame } from "../lifecycle/plan-route.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import { changedAtOf } from "../lifecycle/status-of.ts";

/** When a played lifecycle moves to its next state. */
export type Advance =
  /** With each request that is answered with the resource. */
  | "per-request"
  /** With each call of `advance()`. */
  | "manual"
  /** With the time. */
  | { readonly everyMs: number };

/** A lifecycle that is being played: its states, and where it is. */
export interface Play {
  readonly frames: readonly Frame[];
  readonly advance: Advance;
  /** When it began, by the clock. */
  readonly startedAtMs: number;
  /** When it began, in the bodies. */
  readonly stampedAtMs: number;
  /** Whether bodies tell times of their own rather than the clock's, so that they are the same from run to run. */
  readonly isTimeMadeUp: boolean;
  /** Fields that the last body has other than its example. */
  readonly lastFields: JsonObject;
  readonly first: JsonObject | undefined;
}

/** Which state a play is in by the time alone. */
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
  const atMs = momentOf(resource, subject, play, index, frame, nowMs);
  const moment = { atMs: notBefore(resource, previous, atMs), previous, isHistoryInvented: false };
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
  if (!play.isTimeMadeUp) return nowMs;
  const bySteps = play.stampedAtMs + index * 1000;
  return Math.max(bySteps, subject.createdAtMs + ageOfFrame(resource, play, index, frame));
}

/** The age of a status's example; that of later states of the same status lies between it and the next status's. */
function ageOfFrame(resource: Resource, play: Play, index: number, frame: Frame): number {
  const first = play.frames.findIndex(({ status }) => status === frame.status);
  const count = play.frames.filter(({ status }) => status === frame.status).length;
  const next = play.frames[first + count];
  const ageMs = ageOf(resource, frame.status);
  const nextAgeMs = next === undefined ? ageMs : Math.max(ageMs, ageOf(resource, next.status));
  return ageMs + Math.floor(((nextAgeMs - ageMs) * (index - first)) / count);
}

/** A clock may be set back; the dates of a body never are. */
function notBefore(resource: Resource, previous: JsonObject | undefined, atMs: number): number {
  return Math.max(atMs, changedAtOf(resource, previous) ?? atMs);
}
