import type { JsonObject } from "@qontext/sync-log-document";
import { fillTemplate } from "@qontext/sync-log-document";
import { BodyError, ScenarioError } from "../errors.ts";
import type { FaultRules } from "../faults/fault-rules.ts";
import type { FaultHandle, FaultPlan, FaultWhen } from "../faults/fault.ts";
import type { Subject } from "../lifecycle/compose-body.ts";
import { ageOf, changedAtOf, composeBody, statusOf } from "../lifecycle/compose-body.ts";
import { planRoute } from "../lifecycle/plan-route.ts";
import type { Resource } from "../lifecycle/read-resource.ts";
import type { Advance, Clock, Play, PlayOptions } from "./play.ts";
import { bodyOfFrame, indexByTime } from "./play.ts";

/** What the runs of a mock share. */
export interface RunContext {
  readonly resource: Resource;
  readonly clock: Clock;
  /** Whether the times in bodies are invented instead of the clock's. */
  readonly isTimeInvented: boolean;
  /** The plays that have been validated. */
  readonly validated: Set<string>;
}

/** One mocked instance of the resource: its state now, and what comes next. */
export class Run {
  readonly id: string;
  /** Value of the path parameter that tells whose the run is; empty if the path has none. */
  readonly owner: string;
  /** Path in the served document. */
  readonly path: string;
  readonly faults: FaultRules;
  readonly #context: RunContext;
  #subject: Subject;
  #play: Play;
  #index = 0;
  #shiftedMs = 0;
  #body: JsonObject;
  #text: string | undefined;
  #isServed = false;

  /** @throws BodyError if the body at the initial status would break the schema or an invariant. */
  constructor(
    context: RunContext,
    subject: Subject,
    faults: FaultRules,
    options: { readonly unchecked?: boolean | undefined },
  ) {
    const { resource } = context;
    this.id = subject.path[resource.idParameter] ?? "";
    this.owner = subject.path[resource.ownerParameter ?? ""] ?? "";
    this.path = fillTemplate(resource.operation.path, subject.path);
    this.faults = faults;
    this.#context = context;
    this.#subject = subject;
    const frame = { status: resource.lifecycle.initial, fraction: undefined };
    const moment = { atMs: subject.createdAtMs, previous: undefined, isHistoryInvented: false };
    this.#body = composeBody(resource, subject, frame, moment);
    if (options.unchecked !== true) this.#assertValid(this.#body, undefined, "The initial body");
    this.#play = this.#stillPlay(this.#body);
  }

  /** Path parameters. */
  get parameters(): Readonly<Record<string, string>> {
    return this.#subject.path;
  }

  /** When it moves on. */
  get pace(): Advance {
    return this.#play.advance;
  }

  /** The statuses to come, starting with the current one. */
  get ahead(): readonly string[] {
    this.#catchUp();
    return [...new Set(this.#play.frames.slice(this.#index).map(({ status }) => status))];
  }

  get status(): string {
    this.#catchUp();
    return statusOf(this.#context.resource, this.#body);
  }

  /** A copy of the body as it is now. */
  get body(): JsonObject {
    this.#catchUp();
    return structuredClone(this.#body);
  }

  /** The body as it is now, as JSON text. */
  get text(): string {
    this.#catchUp();
    return (this.#text ??= JSON.stringify(this.#body));
  }

  /** To be called when a client has been sent the body. */
  onServed(): void {
    this.#isServed = true;
    if (this.#play.advance === "per-request") this.#moveTo(this.#index + 1);
  }

  /** Moves on by this many states, or by their duration for a run that moves with time. */
  advance(steps = 1): this {
    this.#catchUp();
    const { advance } = this.#play;
    if (typeof advance === "string") this.#moveTo(this.#index + steps);
    else this.#shiftedMs += steps * advance.everyMs;
    return this;
  }

  /** Stays in its current state until told otherwise. */
  freeze(): this {
    this.#catchUp();
    this.#start(this.#subject, this.#stillPlay(this.#body), this.#body);
    return this;
  }

  /** Plays on from the current state to a terminal status. */
  follow(ending: string, options: PlayOptions = {}): this {
    this.#catchUp();
    const { resource, clock, isTimeInvented } = this.#context;
    const { progressSteps = 3, advance = "per-request", totalRecords, skip = [] } = options;
    requireCount("progressSteps", progressSteps, 1);
    if (typeof advance !== "string") requireCount("everyMs", advance.everyMs, 1);
    if (typeof totalRecords === "number") requireCount("totalRecords", totalRecords, 0);
    const from = statusOf(resource, this.#body);
    const subject =
      totalRecords === undefined ? this.#subject : { ...this.#subject, total: totalRecords };
    const frames = planRoute(resource, { from, to: ending, skip, progressSteps });
    const nowMs = clock.now();
    const changedAtMs = changedAtOf(resource, this.#body) ?? this.#subject.createdAtMs;
    const play: Play = {
      frames,
      advance,
      startedAtMs: nowMs,
      stampedAtMs: isTimeInvented ? changedAtMs : nowMs,
      isTimeInvented,
      lastFields: options.fields ?? {},
      first: frames[0]?.status === from ? this.#body : undefined,
    };
    if (options.unchecked !== true) this.#validateLifecycle(subject, play, ending);
    this.#start(subject, play, bodyOfFrame(resource, subject, play, 0, this.#body, nowMs));
    return this;
  }

  /** Goes to a status at once and stays there. */
  at(
    status: string,
    fields: JsonObject = {},
    options: { readonly unchecked?: boolean | undefined } = {},
  ): this {
    this.#catchUp();
    const { resource, clock, isTimeInvented } = this.#context;
    const ageMs = ageOf(resource, status);
    const nowMs = isTimeInvented ? this.#subject.createdAtMs + ageMs : clock.now();
    const previous = this.#isServed ? this.#body : undefined;
    const isBirthGiven = resource.roles.dates.some((field) => this.#subject.given.has(field));
    const isBirthFree = previous === undefined && !isBirthGiven;
    const createdAtMs = isBirthFree ? nowMs - ageMs : this.#subject.createdAtMs;
    const subject = { ...this.#subject, createdAtMs };
    const moment = { atMs: nowMs, previous, isHistoryInvented: true };
    const frame = { status, fraction: undefined };
    const body = { ...composeBody(resource, subject, frame, moment), ...fields };
    if (options.unchecked !== true) this.#assertValid(body, previous, `The body at "${status}"`);
    this.#start(subject, this.#stillPlay(body), body);
    return this;
  }

  /** Adds a fault for the requests of this run. */
  fault(plan: FaultPlan, when?: FaultWhen): FaultHandle {
    return this.faults.add(plan, when);
  }

  clearFaults(): this {
    this.faults.clear();
    return this;
  }

  /** A play that stays at a body. */
  #stillPlay(body: JsonObject): Play {
    const { resource, clock, isTimeInvented } = this.#context;
    const nowMs = clock.now();
    return {
      frames: [{ status: statusOf(resource, body), fraction: undefined }],
      advance: "manual",
      startedAtMs: nowMs,
      stampedAtMs: nowMs,
      isTimeInvented,
      lastFields: {},
      first: body,
    };
  }

  #start(subject: Subject, play: Play, body: JsonObject): void {
    this.#subject = subject;
    this.#play = play;
    this.#index = 0;
    this.#shiftedMs = 0;
    this.#show(body);
  }

  #catchUp(): void {
    const byTime = indexByTime(this.#play, this.#shiftedMs, this.#context.clock.now());
    if (byTime > this.#index) this.#moveTo(byTime);
  }

  #moveTo(index: number): void {
    const { resource, clock } = this.#context;
    const last = Math.min(index, this.#play.frames.length - 1);
    while (this.#index < last) {
      this.#index++;
      const nowMs = clock.now();
      this.#show(bodyOfFrame(resource, this.#subject, this.#play, this.#index, this.#body, nowMs));
    }
  }

  #show(body: JsonObject): void {
    this.#body = body;
    this.#text = undefined;
  }

  /** Plays a lifecycle on trial. Plays that differ only in ids and times are tried once. */
  #validateLifecycle(subject: Subject, play: Play, ending: string): void {
    const { resource, validated } = this.#context;
    const isFirstNew = play.first === undefined;
    const shape = [play.frames, play.lastFields, subject.own, subject.total, isFirstNew];
    const key = JSON.stringify(this.#isServed ? [...shape, this.#body] : shape);
    if (validated.has(key)) return;
    let previous = this.#isServed || !isFirstNew ? this.#body : undefined;
    for (const [index, frame] of play.frames.entries()) {
      const nowMs = play.startedAtMs + index;
      const body = bodyOfFrame(resource, subject, play, index, previous, nowMs);
      this.#assertValid(body, previous, `"${frame.status}" on the way to "${ending}"`);
      previous = body;
    }
    validated.add(key);
  }

  #assertValid(body: JsonObject, earlier: JsonObject | undefined, what: string): void {
    const { resource } = this.#context;
    const { path } = this.#subject;
    const broken = resource.check(body, { status: resource.successStatus, path, earlier });
    if (broken.length > 0) throw new BodyError(what, broken);
  }
}

function requireCount(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ScenarioError(`${name} must be a whole number of at least ${least}, not ${value}.`);
}
