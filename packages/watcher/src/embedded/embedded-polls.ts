import type { PollContext, WatchWork } from "../engine.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { EmbeddedWatch } from "./embedded-watch.ts";
import type { RateGate } from "./rate-gate.ts";
import { createTaskQueue, type TaskQueue } from "./task-queue.ts";
import { type ReadSchedule, WorkspaceReads } from "./workspace-reads.ts";

/** What polls need of their engine. */
export interface EmbeddedPollsSetup {
  readonly work: WatchWork;
  readonly context: PollContext;
  readonly gate: RateGate;
  /** How many polls run at a time. */
  readonly concurrency: number;
  /** Sets the timer of a watch, unless the process is closing. */
  readonly after: (watch: EmbeddedWatch, delayMs: number, next: () => void) => void;
  readonly onEnd: (watch: EmbeddedWatch, outcome: WatchOutcome) => void;
}

/** Polls watches, by themselves or with lists, until each has its outcome. */
export class EmbeddedPolls implements ReadSchedule {
  readonly #setup: EmbeddedPollsSetup;
  readonly #queue: TaskQueue<EmbeddedWatch>;
  /** Of each workspace with watches that are polled. */
  readonly #reads = new Map<string, WorkspaceReads>();
  #gateTimer: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(setup: EmbeddedPollsSetup) {
    this.#setup = setup;
    this.#queue = createTaskQueue(
      setup.concurrency,
      (watch) => this.#poll(watch),
      () => this.#mayPoll(),
    );
  }

  begin(watch: EmbeddedWatch): void {
    const { work, context } = this.#setup;
    const { workspaceId } = watch.state;
    let reads = this.#reads.get(workspaceId);
    if (reads === undefined) {
      reads = new WorkspaceReads(workspaceId, work, context, this);
      this.#reads.set(workspaceId, reads);
    }
    reads.add(watch);
    this.#due(watch, reads);
  }

  end(watch: EmbeddedWatch): void {
    this.hold(watch);
    const { workspaceId } = watch.state;
    if (this.#reads.get(workspaceId)?.remove(watch) === true) this.#reads.delete(workspaceId);
  }

  /** Starts no more polls; resolves once none is under way. */
  async drain(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#gateTimer);
    await this.#queue.drain();
  }

  hold(watch: EmbeddedWatch): void {
    clearTimeout(watch.timer);
    this.#queue.delete(watch);
  }

  pollAt(watch: EmbeddedWatch, atMs: number): void {
    watch.pollAtMs = atMs;
    const reads = this.#reads.get(watch.state.workspaceId);
    if (reads === undefined) return;
    const delayMs = atMs - this.#setup.context.nowMs();
    this.#setup.after(watch, delayMs, () => this.#due(watch, reads));
  }

  pollSoon(watch: EmbeddedWatch): void {
    this.hold(watch);
    watch.pollAtMs = Math.min(watch.pollAtMs, this.#setup.context.nowMs());
    this.#queue.add(watch);
  }

  pauseAll(pauseMs: number): void {
    if (pauseMs > 0) this.#setup.gate.closeUntil(performance.now() + pauseMs);
  }

  #due(watch: EmbeddedWatch, reads: WorkspaceReads): void {
    const delayMs = reads.readAtMs(watch) - this.#setup.context.nowMs();
    if (delayMs > 0) this.#setup.after(watch, delayMs, () => this.#due(watch, reads));
    else this.pollSoon(watch);
  }

  #mayPoll(): boolean {
    if (this.#isClosing) return false;
    const waitMs = this.#setup.gate.tryPass(performance.now());
    if (waitMs === 0) return true;
    if (this.#gateTimer === undefined) {
      this.#setup.work.report({ type: "rate_limited", delayMs: waitMs });
      this.#gateTimer = setTimeout(() => {
        this.#gateTimer = undefined;
        this.#queue.run();
      }, Math.ceil(waitMs));
    }
    return false;
  }

  /** Sends one request: for this watch, or for many of its workspace. */
  async #poll(watch: EmbeddedWatch): Promise<void> {
    const { work, context } = this.#setup;
    const reads = this.#reads.get(watch.state.workspaceId);
    if (reads === undefined) return;
    try {
      await (reads.readFor(watch) ?? this.#pollAlone(watch, reads));
    } catch (error) {
      // Where the process is closing, the watch ends with it.
      if (!context.signal.aborted) work.report({ type: "engine_error", error, count: 1 });
    }
  }

  async #pollAlone(watch: EmbeddedWatch, reads: WorkspaceReads): Promise<void> {
    const { work, context, onEnd } = this.#setup;
    watch.stage = "polling";
    watch.isAlone = false;
    let decision: WatchDecision;
    try {
      decision = await work.poll(watch.state, context);
    } finally {
      watch.stage = "waiting";
    }
    watch.state = decision.state;
    watch.polledAtMs = context.nowMs();
    reads.note(decision);
    this.pauseAll(decision.pauseAllMs);
    if (!reads.has(watch)) return;
    if (decision.kind === "deliver") {
      this.end(watch);
      onEnd(watch, decision.outcome);
    } else {
      this.pollAt(watch, context.nowMs() + decision.delayMs);
    }
  }
}
