import { ageOf, composeBody } from "../lifecycle/compose-body.ts";
import type { Subject } from "../lifecycle/compose-body.ts";
import { planRoute } from "../lifecycle/plan-route.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import { changedAtOf, statusOf } from "../lifecycle/status-of.ts";
import { BodyError, ScenarioError } from "../errors.ts";
import type { Status } from "../known-values.ts";
import type { JsonObject } from "../spec/json.ts";
import type { Clock } from "./clock.ts";
import { bodyOfFrame, indexByTime } from "./play.ts";
import type { Advance, Play } from "./play.ts";

/** How a lifecycle is played. */
export interface FollowOptions {
  /**
   * Total of the counts; `null` plays a sync whose total is never known. Without it, the total of the document's examples.
   */
  readonly totalRecords?: number | null;
  /**
   * When the next state comes: with each answer, with the time, or only with `advance()`.
   *
   * @default "per-request"
   */
  readonly advance?: Advance;
  /** Statuses to leave out. */
  readonly skip?: readonly Status[];
  /**
   * How many answers the status that makes progress gives, each with more of the total done.
   *
   * @default 3
   */
  readonly progressSteps?: number;
  /** Fields that the last body has other than its example: an error message, say. */
  readonly fields?: JsonObject;
  /**
   * Sends bodies that break the schema or an invariant.
   *
   * @default false
   */
  readonly unchecked?: boolean;
}

/** The state of one sync: what it answers now, and what comes next. */
export class SyncState {
  readonly resource: Resource;
  #subject: Subject;
  #play: Play;
  #index = 0;
  #shiftedMs = 0;
  #body: JsonObject;
  #text: string | undefined;
  #isServed = false;
  readonly #clock: Clock;
  readonly #isTimeMadeUp: boolean;
  readonly #proven: Set<string>;

  constructor(
    resource: Resource,
    subject: Subject,
    context: { clock: Clock; isTimeMadeUp: boolean; proven: Set<string> },
    options: { readonly unchecked?: boolean },
  ) {
    this.resource = resource;
    this.#subject = subject;
    this.#clock = context.clock;
    this.#isTimeMadeUp = context.isTimeMadeUp;
    this.#proven = context.proven;
    const frame = { status: resource.lifecycle.initial, fraction: undefined };
    const moment = { atMs: subject.createdAtMs, previous: undefined, isHistoryInvented: false };
    this.#body = composeBody(resource, subject, frame, moment);
    if (options.unchecked !== true) this.#assertValid(this.#body, undefined, "The new sync");
    this.#play = this.#stillAt(this.#body);
  }

  /** Path parameters of the sync. */
  get path(): Readonly<Record<string, string>> {
    return this.#subject.path;
  }

  get advance(): Advance {
    return this.#play.advance;
  }

  /** Statuses that are still to come, the present one first. */
  get ahead(): readonly string[] {
    this.#catchUp();
    const statuses = this.#play.frames.slice(this.#index).map((frame) => frame.status);
    return [...new Set(statuses)];
  }

  /** The body as it is now. */
  peek(): JsonObject {
    this.#catchUp();
    return this.#body;
  }

  /** The body as it is now, as JSON text. */
  peekText(): string {
    this.#catchUp();
    this.#text ??= JSON.stringify(this.#body);
    return this.#text;
  }

  /** To be called when an answer with the body has been given. */
  served(): void {
    this.#isServed = true;
    if (this.#play.advance === "per-request") this.#moveTo(this.#index + 1);
  }

  /** Moves on by states; one that follows the time moves by their duration. */
  step(count: number): void {
    this.#catchUp();
    const { advance } = this.#play;
    if (typeof advance === "string") this.#moveTo(this.#index + count);
    else this.#shiftedMs += count * advance.everyMs;
  }

  /** Stays as it is now, until told otherwise. */
  freeze(): void {
    this.#catchUp();
    this.#play = this.#stillAt(this.#body);
    this.#index = 0;
  }

  /** Plays on from the present state to an ending. */
  follow(ending: string, options: FollowOptions): void {
    this.#catchUp();
    const { progressSteps = 3, advance = "per-request", totalRecords } = options;
    requireCount("progressSteps", progressSteps, 1);
    if (typeof advance !== "string") requireCount("everyMs", advance.everyMs, 1);
    if (typeof totalRecords === "number") requireCount("totalRecords", totalRecords, 0);
    const from = statusOf(this.resource, this.#body);
    const subject =
      totalRecords === undefined ? this.#subject : { ...this.#subject, total: totalRecords };
    const frames = planRoute(this.resource, {
      from,
      to: ending,
      skip: options.skip ?? [],
      progressSteps,
    });
    const startsHere = frames[0]?.status === from;
    const play: Play = {
      frames,
      advance,
      startedAtMs: this.#clock.now(),
      stampedAtMs: this.#isTimeMadeUp
        ? (changedAtOf(this.resource, this.#body) ?? this.#subject.createdAtMs)
        : this.#clock.now(),
      isTimeMadeUp: this.#isTimeMadeUp,
      lastFields: options.fields ?? {},
      first: startsHere ? this.#body : undefined,
    };
    if (options.unchecked !== true) this.#prove(subject, play, ending);
    const previous = this.#body;
    this.#subject = subject;
    this.#play = play;
    this.#index = 0;
    this.#shiftedMs = 0;
    this.#show(bodyOfFrame(this.resource, subject, play, 0, previous, this.#clock.now()));
  }

  /** Goes to a status at once and stays there. */
  at(status: string, fields: JsonObject, options: { readonly unchecked?: boolean }): void {
    this.#catchUp();
    const nowMs = this.#isTimeMadeUp
      ? this.#subject.createdAtMs + ageOf(this.resource, status)
      : this.#clock.now();
    const previous = this.#isServed ? this.#body : undefined;
    const isBirthGiven = this.resource.roles.dates.some((field) => this.#subject.given.has(field));
    const createdAtMs =
      previous === undefined && !isBirthGiven
        ? nowMs - ageOf(this.resource, status)
        : this.#subject.createdAtMs;
    const subject = { ...this.#subject, createdAtMs };
    const moment = { atMs: nowMs, previous, isHistoryInvented: true };
    const frame = { status, fraction: undefined };
    const body = { ...composeBody(this.resource, subject, frame, moment), ...fields };
    if (options.unchecked !== true) this.#assertValid(body, previous, `The body at "${status}"`);
    this.#subject = subject;
    this.#show(body);
    this.#play = this.#stillAt(body);
    this.#index = 0;
  }

  #stillAt(body: JsonObject): Play {
    const status = statusOf(this.resource, body);
    const nowMs = this.#clock.now();
    return {
      frames: [{ status, fraction: undefined }],
      advance: "manual",
      startedAtMs: nowMs,
      stampedAtMs: nowMs,
      isTimeMadeUp: this.#isTimeMadeUp,
      lastFields: {},
      first: body,
    };
  }

  #catchUp(): void {
    const byTime = indexByTime(this.#play, this.#shiftedMs, this.#clock.now());
    if (byTime > this.#index) this.#moveTo(byTime);
  }

  #moveTo(index: number): void {
    const last = Math.min(index, this.#play.frames.length - 1);
    while (this.#index < last) {
      this.#index++;
      const { resource } = this;
      const now = this.#clock.now();
      this.#show(bodyOfFrame(resource, this.#subject, this.#play, this.#index, this.#body, now));
    }
  }

  #show(body: JsonObject): void {
    this.#body = body;
    this.#text = undefined;
  }

  /** Plays a lifecycle through on trial. Two that differ in ids and times alone are tried once. */
  #prove(subject: Subject, play: Play, ending: string): void {
    const shape = [
      play.frames,
      play.lastFields,
      subject.own,
      subject.total,
      play.first === undefined,
    ];
    const key = JSON.stringify(this.#isServed ? [...shape, this.#body] : shape);
    if (this.#proven.has(key)) return;
    let previous = this.#isServed || play.first !== undefined ? this.#body : undefined;
    for (const [index, frame] of play.frames.entries()) {
      const nowMs = play.startedAtMs + index;
      const body = bodyOfFrame(this.resource, subject, play, index, previous, nowMs);
      this.#assertValid(body, previous, `"${frame.status}" on the way to "${ending}"`);
      previous = body;
    }
    this.#proven.add(key);
  }

  #assertValid(body: JsonObject, earlier: JsonObject | undefined, what: string): void {
    const broken = this.resource.check(body, {
      status: this.resource.successStatus,
      path: this.#subject.path,
      ...(earlier === undefined ? {} : { earlier }),
    });
    if (broken.length > 0) throw new BodyError(what, broken);
  }
}

function requireCount(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ScenarioError(`${name} must be a whole number of at least ${least}, not ${value}.`);
}
