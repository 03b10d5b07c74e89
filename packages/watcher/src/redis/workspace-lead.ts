import { setTimeout as sleep } from "node:timers/promises";
import {
  defaultReadLimits,
  type KnownReads,
  type PlannedList,
} from "@qontext/sync-log-client/wait";
import type { WatchDecision } from "../watch/decide-next.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { toStoredOutcome } from "../watch/stored-watch.ts";
import { WorkspaceLists } from "../watch/workspace-lists.ts";
import type { WorkerSetup } from "./job-worker.ts";
import { type Lease, type LedWatch, LedWatches } from "./led-watches.ts";

/** How often a leader looks what is due, in milliseconds; oftener where lists may be closer. */
const longestRoundMs = 300;

/** So long before its deadline a watch is left to its job, in milliseconds. */
const lastPollsMs = 10_000;

/** Why a process leads a workspace no more. */
export type LeadEnd =
  /** Another process leads it. */
  | "lost"
  /** This process is closing, or there is nothing to share. */
  | "left"
  /** The key of this process is refused. */
  | "refused"
  /** No list for now. */
  | { readonly untilMs: number };

/**
 * The lead of a workspace: reads its list for all watches of it until there is a reason to stop. The end of a sync that a list
 * shows is confirmed by a poll; what a list does not help is left to its job.
 */
export class WorkspaceLead {
  readonly #setup: WorkerSetup;
  readonly #workspaceId: string;
  /** Aborted when this process is to lead no more. */
  readonly #signal: AbortSignal;
  readonly #watches: LedWatches;
  /** Those whose end was seen in a list and is to be confirmed. */
  readonly #ended = new Map<string, LedWatch>();
  readonly #polling = new Map<string, Promise<void>>();
  #telling: Promise<unknown> = Promise.resolve();
  /** The list that is under way, or waits for its turn. */
  #listing: Promise<void> | null = null;
  #end: LeadEnd | null = null;
  readonly #lists: WorkspaceLists;
  #refreshAtMs = 0;

  constructor(setup: WorkerSetup, lease: Lease, known: KnownReads, signal: AbortSignal) {
    const { clock, closing, refusedKeys, work } = setup;
    this.#setup = setup;
    this.#workspaceId = lease.workspaceId;
    this.#signal = signal;
    this.#watches = new LedWatches(setup, lease, signal);
    const context = { nowMs: clock.nowMs, signal: closing, refusedKeys };
    this.#lists = new WorkspaceLists(work, lease.workspaceId, context, known);
  }

  /** What the reads have taught. */
  get known(): KnownReads {
    return this.#lists.known;
  }

  async run(): Promise<LeadEnd> {
    const { listEveryMs } = this.#setup.work;
    const roundMs = Math.min(longestRoundMs, listEveryMs / 2);
    while (this.#end === null && !this.#signal.aborted) {
      this.#end = await this.#round(listEveryMs - roundMs);
      if (this.#end === null) await this.#pause(roundMs);
    }
    await this.#listing;
    await Promise.all([this.#telling, ...this.#polling.values()]);
    await this.#watches.stored();
    // Whoever comes next finds the jobs as they are, whether it reads lists or not.
    await this.#watches.uncover(listEveryMs);
    return this.#watches.isLost ? "lost" : (this.#end ?? "left");
  }

  async #pause(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  async #round(refreshEveryMs: number): Promise<LeadEnd | null> {
    const { clock } = this.#setup;
    if (clock.nowMs() >= this.#refreshAtMs) {
      if ((await this.#watches.refresh()) < defaultReadLimits.minReads) return "left";
      this.#refreshAtMs = clock.nowMs() + refreshEveryMs;
    }
    const nowMs = clock.nowMs();
    const { noListBeforeMs } = this.#lists.known;
    if (noListBeforeMs !== null && noListBeforeMs > nowMs) return { untilMs: noListBeforeMs };
    // Before the list: what is being polled by somebody else is not to be told twice.
    await this.#watches.cover();
    if (this.#watches.isLost) return "lost";
    if (this.#listing === null && nowMs >= this.#lists.nextAtMs) await this.#read(nowMs);
    return this.#end;
  }

  readonly #isPolled = (key: string): boolean => this.#polling.has(key) || this.#ended.has(key);

  /** Begins to read what is due. */
  async #read(nowMs: number): Promise<void> {
    const waiting = [...this.#watches.entries()].filter(([key]) => !this.#isPolled(key));
    const keyOf = new Map(waiting.map(([key, { state }]) => [state.id, key]));
    const led = waiting.map(([, watch]) => watch);
    const { list, sampleId, aloneIds } = this.#lists.plan(led, nowMs);
    // A few are polled here: what is left to its job is polled by itself for a while.
    const left: [key: string, state: WatchState][] = [];
    for (const id of sampleId === undefined ? aloneIds : [sampleId, ...aloneIds]) {
      const key = keyOf.get(id) ?? "";
      const watch = this.#watches.get(key);
      if (watch === undefined) continue;
      const isLast = nowMs + lastPollsMs > watch.state.deadlineAtMs;
      if (isLast || this.#polling.size >= this.#maxPolling) left.push([key, watch.state]);
      else this.#pollHere(key, watch);
    }
    await this.#watches.handOver(left);
    if (list === null) return;
    this.#listing = this.#readList(list, keyOf)
      .catch((error: unknown) => {
        this.#end = "left";
        this.#tellFailure(error);
      })
      .finally(() => (this.#listing = null));
  }

  /** Polls a watch by itself that stays with the lists. */
  #pollHere(key: string, watch: LedWatch): void {
    this.#pollAlone(key, watch, (decision) => {
      const { id, lastSeen, lastError } = decision.state;
      this.#lists.note(id, lastSeen);
      if (decision.kind === "deliver" || lastError !== null) this.#follow(key, watch, decision);
      else this.#keep(key, decision);
    });
  }

  #keep(key: string, decision: WatchDecision & { readonly kind: "poll_again" }): void {
    const { state, delayMs, update } = decision;
    const watch = this.#watches.get(key);
    if (watch === undefined) return;
    const polledAtMs = this.#setup.clock.nowMs();
    this.#watches.set(key, { ...watch, state, polledAtMs, pollAtMs: polledAtMs + delayMs });
    if (update !== null && this.#setup.work.tellsUpdates) this.#watches.storeTold(key);
  }

  /** Whether the watch is still there, and not another of the same key. */
  #isCurrent(key: string, { generation }: LedWatch): boolean {
    return this.#watches.get(key)?.generation === generation;
  }

  async #readList(list: PlannedList, keyOf: ReadonlyMap<string, string>): Promise<void> {
    if (!(await this.#isPermitted())) return;
    const unserved: [key: string, state: WatchState][] = [];
    const { isRefused, pauseAllMs, told } = await this.#lists.read(
      list,
      (id) => (this.#signal.aborted ? undefined : this.#watches.get(keyOf.get(id) ?? "")),
      (watch, decision) => {
        const key = keyOf.get(watch.state.id) ?? "";
        if (!this.#isCurrent(key, watch)) return;
        if (decision.kind === "poll_again") this.#keep(key, decision);
        else if (decision.kind === "ended") this.#ended.set(key, watch);
        else unserved.push([key, decision.state]);
      },
      // Watches may have been cancelled meanwhile, or the lead have passed to another process.
      () => this.#watches.refresh(),
    );
    this.#telling = Promise.all([this.#telling, told]);
    await this.#pauseAll(pauseAllMs);
    this.#confirmNext();
    const rest = Array.from(this.#ended, ([key, { state }]) => [key, state] as const);
    this.#ended.clear();
    await this.#watches.handOver([...unserved, ...rest]);
    if (isRefused) this.#end = "refused";
  }

  /** Waits for its turn among all requests; false once there is no reason to go on. */
  #isPermitted(): Promise<boolean> {
    return this.#setup.permits.take(this.#workspaceId, this.#signal);
  }

  /** More than this is left to the workers of all processes. */
  get #maxPolling(): number {
    return this.#setup.concurrency;
  }

  #confirmNext(): void {
    for (const [key, watch] of this.#ended) {
      if (this.#polling.size >= this.#maxPolling) return;
      this.#ended.delete(key);
      this.#pollAlone(key, watch, (decision) => this.#follow(key, watch, decision));
    }
  }

  #pollAlone(key: string, watch: LedWatch, take: (decision: WatchDecision) => void): void {
    const poll = async (): Promise<void> => {
      if (!(await this.#isPermitted()) || !this.#isCurrent(key, watch)) return;
      const decision = await this.#setup.work.poll(watch.state, this.#lists.pollContext);
      await this.#pauseAll(decision.pauseAllMs);
      if (this.#isCurrent(key, watch)) take(decision);
    };
    const polled = poll()
      .catch((error: unknown) => this.#tellFailure(error))
      .finally(() => {
        this.#polling.delete(key);
        this.#confirmNext();
      });
    this.#polling.set(key, polled);
  }

  #follow(key: string, watch: LedWatch, decision: WatchDecision): void {
    if (decision.kind === "deliver")
      this.#watches.end(key, watch, toStoredOutcome(decision.outcome));
    // The list was ahead of it, or the poll has failed.
    else this.#watches.handBack(key, watch, decision.state, decision.delayMs);
  }

  #tellFailure(error: unknown): void {
    if (!this.#setup.closing.aborted) this.#setup.pulse.failed(error);
  }

  async #pauseAll(pauseMs: number): Promise<void> {
    if (pauseMs > 0) await this.#setup.queues.polls.rateLimit(pauseMs);
  }
}
