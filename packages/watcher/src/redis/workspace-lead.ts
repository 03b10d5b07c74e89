import { setTimeout as sleep } from "node:timers/promises";
import {
  afterList,
  defaultReadLimits,
  isBehind,
  type KnownReads,
  type ListOutcome,
  type PlannedList,
  planReads,
  type SyncLogObservation,
} from "@qontext/sync-log-client/wait";
import type { PollContext } from "../engine.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import type { ListedWatch, ListRead } from "../watch/listed-watch.ts";
import { toStoredOutcome } from "../watch/stored-watch.ts";
import type { WatchState } from "../watch/watch-state.ts";
import type { WorkerSetup } from "./job-worker.ts";
import { type Lease, LedWatches } from "./led-watches.ts";
import { takePermit } from "./permits.ts";

/** How often a leader looks what is due, in milliseconds; oftener where lists may be closer. */
const longestRoundMs = 300;

/** So many ends of one workspace are confirmed at a time, so that those of others have their turn. */
const maxConfirming = 10;

/**
 * So often one watch is polled by itself, in milliseconds: what it brings shows whether lists stand still, and then they are
 * given up for a while.
 */
const sampleEveryMs = 10_000;

const readAloneAtMs = ({ state }: ListedWatch): number => state.readAloneAtMs ?? state.startedAtMs;

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
  readonly #context: PollContext;
  /** Those whose end was seen in a list and is to be confirmed. */
  readonly #ended = new Map<string, WatchState>();
  readonly #polling = new Map<string, Promise<void>>();
  /** What polls have brought of watches that ended with it: a list that is behind that stands still. */
  readonly #endedSamples = new Map<string, SyncLogObservation | null>();
  #known: KnownReads;
  #refreshAtMs = 0;
  #sampleAtMs = 0;

  constructor(setup: WorkerSetup, lease: Lease, known: KnownReads, signal: AbortSignal) {
    const { clock, closing, refusedKeys } = setup;
    this.#setup = setup;
    this.#workspaceId = lease.workspaceId;
    this.#signal = signal;
    this.#known = known;
    this.#watches = new LedWatches(setup, lease, signal);
    this.#context = { nowMs: clock.nowMs, signal: closing, refusedKeys };
  }

  /** What the reads have taught. */
  get known(): KnownReads {
    return this.#known;
  }

  async run(): Promise<LeadEnd> {
    const { listEveryMs } = this.#setup.work;
    const roundMs = Math.min(longestRoundMs, listEveryMs / 2);
    let end: LeadEnd | null = null;
    while (end === null && !this.#signal.aborted) {
      end = await this.#round(listEveryMs - roundMs);
      if (end === null) await this.#pause(roundMs);
    }
    await Promise.all(this.#polling.values());
    await this.#watches.stored();
    // Whoever leads next finds the jobs as they are.
    if (!this.#signal.aborted) await this.#watches.uncover(listEveryMs);
    return this.#watches.isLost ? "lost" : (end ?? "left");
  }

  async #pause(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  async #round(refreshEveryMs: number): Promise<LeadEnd | null> {
    const { clock, work } = this.#setup;
    if (clock.nowMs() >= this.#refreshAtMs) {
      if ((await this.#watches.refresh()) < defaultReadLimits.minReads) return "left";
      this.#refreshAtMs = clock.nowMs() + refreshEveryMs;
    }
    const nowMs = clock.nowMs();
    const { noListBeforeMs, listedAtMs } = this.#known;
    if (noListBeforeMs !== null && noListBeforeMs > nowMs) return { untilMs: noListBeforeMs };
    // Before the list: what is being polled by somebody else is not to be told twice.
    await this.#watches.cover(this.#isPolled);
    if (this.#watches.isLost) return "lost";
    const isListDue = nowMs - (listedAtMs ?? -Infinity) >= work.listEveryMs;
    return isListDue && (await this.#read(nowMs)) ? "refused" : null;
  }

  readonly #isPolled = (key: string): boolean => this.#polling.has(key) || this.#ended.has(key);

  /** Reads what is due; true if the key of this process is refused. */
  async #read(nowMs: number): Promise<boolean> {
    const { work } = this.#setup;
    this.#sample(nowMs);
    const waiting = [...this.#watches.entries()].filter(([key]) => !this.#isPolled(key));
    const keyOf = new Map(waiting.map(([key, { state }]) => [state.id, key]));
    const awaited = waiting.map(([, watch]) => work.awaitedRead(watch));
    const alone: [key: string, state: WatchState][] = [];
    for (const read of planReads(awaited, this.#known, nowMs)) {
      if (read.kind === "list") {
        if (await this.#readList(read, keyOf)) return true;
        continue;
      }
      const key = keyOf.get(read.id) ?? "";
      const watch = this.#watches.get(key);
      if (watch !== undefined) alone.push([key, watch.state]);
    }
    await this.#watches.handOver(alone);
    return false;
  }

  /** Polls the watch by itself that was not for the longest time. */
  #sample(nowMs: number): void {
    if (nowMs < this.#sampleAtMs) return;
    const due = [...this.#watches.entries()].filter(
      ([key, { pollAtMs }]) => pollAtMs <= nowMs && !this.#isPolled(key),
    );
    if (due.length <= defaultReadLimits.minReads) return;
    this.#sampleAtMs = nowMs + sampleEveryMs;
    const [key, { state }] = due.reduce((oldest, one) =>
      readAloneAtMs(one[1]) < readAloneAtMs(oldest[1]) ? one : oldest,
    );
    this.#pollAlone(key, state, (decision, endedAtMs) => {
      const { lastSeen, lastError } = decision.state;
      const watch = this.#watches.get(key);
      if (decision.kind === "deliver" || lastError !== null || watch === undefined) {
        this.#follow(key, decision);
        if (decision.kind === "deliver") this.#endedSamples.set(state.id, lastSeen);
      } else {
        const pollAtMs = endedAtMs + decision.delayMs;
        this.#watches.set(key, {
          ...watch,
          state: decision.state,
          pollAtMs,
          polledAtMs: endedAtMs,
        });
      }
    });
  }

  async #readList(list: PlannedList, keyOf: ReadonlyMap<string, string>): Promise<boolean> {
    const { clock, work } = this.#setup;
    if (!(await this.#isPermitted())) return false;
    const startedAtMs = clock.nowMs();
    const read = await work.readList(this.#workspaceId, list, this.#context);
    if (read.kind === "unauthorized") return true;
    if (read.kind === "failed") await this.#pauseAll(read.pauseAllMs);
    const outcome =
      read.kind === "failed" ? read.outcome : await this.#takeRows(list, keyOf, read, startedAtMs);
    this.#known = afterList(this.#known, outcome, clock.nowMs());
    return false;
  }

  async #takeRows(
    list: PlannedList,
    keyOf: ReadonlyMap<string, string>,
    { rows, bytes }: ListRead & { readonly kind: "rows" },
    startedAtMs: number,
  ): Promise<ListOutcome> {
    const { work, clock, closing } = this.#setup;
    const unserved: [key: string, state: WatchState][] = [];
    let isStale = false;
    for (const id of list.ids) {
      const key = keyOf.get(id) ?? "";
      const watch = this.#watches.get(key);
      if (watch === undefined) continue;
      const nowMs = clock.nowMs();
      const decision = await work.takeRow(watch.state, rows.get(id), nowMs, closing);
      if (decision.kind === "poll_again") {
        const { state, delayMs } = decision;
        this.#watches.set(key, { ...watch, state, pollAtMs: nowMs + delayMs, polledAtMs: nowMs });
      } else if (decision.kind === "ended") {
        this.#ended.set(key, watch.state);
      } else {
        isStale ||= decision.kind === "stale";
        unserved.push([key, decision.state]);
      }
    }
    for (const [id, seen] of this.#endedSamples) {
      const row = rows.get(id);
      if (row !== undefined && isBehind(row, seen)) isStale = true;
    }
    this.#endedSamples.clear();
    this.#confirmNext();
    await this.#watches.handOver(unserved);
    const asked = list.ids.length;
    const served = asked - unserved.length;
    return { kind: "answered", startedAtMs, bytes, asked, served, isStale };
  }

  /** Waits for its turn among all requests; false once there is no reason to go on. */
  async #isPermitted(): Promise<boolean> {
    while (!this.#signal.aborted) {
      const waitMs = await takePermit(this.#setup.queues, this.#setup.limiter);
      if (waitMs === 0) return true;
      await this.#pause(Math.min(waitMs, 1000));
    }
    return false;
  }

  #confirmNext(): void {
    for (const [key, state] of this.#ended) {
      if (this.#polling.size >= maxConfirming) return;
      this.#ended.delete(key);
      this.#pollAlone(key, state, (decision) => this.#follow(key, decision));
    }
  }

  #pollAlone(
    key: string,
    state: WatchState,
    take: (decision: WatchDecision, endedAtMs: number) => void,
  ): void {
    const poll = async (): Promise<void> => {
      if (!(await this.#isPermitted())) return;
      const decision = await this.#setup.work.poll(state, this.#context);
      await this.#pauseAll(decision.pauseAllMs);
      take(decision, this.#setup.clock.nowMs());
    };
    const polled = poll()
      .catch((error: unknown) => {
        if (!this.#setup.closing.aborted) this.#setup.pulse.failed(error);
      })
      .finally(() => {
        this.#polling.delete(key);
        this.#confirmNext();
      });
    this.#polling.set(key, polled);
  }

  #follow(key: string, decision: WatchDecision): void {
    if (decision.kind === "deliver") this.#watches.end(key, toStoredOutcome(decision.outcome));
    // The list was ahead of it, or the poll has failed.
    else this.#watches.handBack(key, decision.state, decision.delayMs);
  }

  async #pauseAll(pauseMs: number): Promise<void> {
    if (pauseMs > 0) await this.#setup.queues.polls.rateLimit(pauseMs);
  }
}
