import { defaultReadLimits, mayList, type PlannedList } from "@qontext/sync-log-client/wait";
import type { PollContext, WatchWork } from "../engine.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import { apart } from "../watch/listed-watch.ts";
import { WorkspaceLists } from "../watch/workspace-lists.ts";
import type { EmbeddedWatch } from "./embedded-watch.ts";

/** What the reads of a workspace ask of the engine. */
export interface ReadSchedule {
  /** Polls the watch as soon as it is its turn. */
  pollSoon(watch: EmbeddedWatch): void;
  pollAt(watch: EmbeddedWatch, atMs: number): void;
  /** Takes back what was asked before. */
  hold(watch: EmbeddedWatch): void;
  pauseAll(pauseMs: number): void;
}

/** Where no list is worth it, the next one is planned after this, in milliseconds. */
const planAgainMs = 300;

/** The running watches of one workspace, and the lists that take the place of their polls. */
export class WorkspaceReads {
  readonly #workspaceId: string;
  readonly #work: WatchWork;
  readonly #context: PollContext;
  readonly #schedule: ReadSchedule;
  readonly #lists: WorkspaceLists;
  readonly #watches = new Map<string, EmbeddedWatch>();
  #isListing = false;
  #planAtMs = -Infinity;

  constructor(workspaceId: string, work: WatchWork, context: PollContext, schedule: ReadSchedule) {
    this.#workspaceId = workspaceId;
    this.#work = work;
    this.#context = context;
    this.#schedule = schedule;
    this.#lists = new WorkspaceLists(work, workspaceId, context);
  }

  add(watch: EmbeddedWatch): void {
    this.#watches.set(watch.state.id, watch);
  }

  /** False once it has ended, or another one of the same sync log was begun. */
  has(watch: EmbeddedWatch): boolean {
    return this.#watches.get(watch.state.id) === watch;
  }

  /** Tells whether it was the last one. */
  remove(watch: EmbeddedWatch): boolean {
    if (this.has(watch)) this.#watches.delete(watch.state.id);
    return this.#watches.size === 0;
  }

  /** When a watch that is due may be read: now, or with the next list. */
  readAtMs(watch: EmbeddedWatch): number {
    const nowMs = this.#context.nowMs();
    const { nextAtMs } = this.#lists;
    const listAtMs = this.#isListing ? nowMs + this.#work.listEveryMs : nextAtMs;
    return listAtMs > nowMs && this.#mayServe(watch, listAtMs) ? listAtMs : nowMs;
  }

  /** Reads a list in place of the poll of a watch that is due; null where it is polled by itself. */
  readFor(watch: EmbeddedWatch): Promise<void> | null {
    const nowMs = this.#context.nowMs();
    const readAtMs = Math.max(this.#planAtMs, this.#lists.nextAtMs);
    if (this.#isListing || nowMs < readAtMs || !this.#mayServe(watch, nowMs)) return null;
    const waiting = [...this.#watches.values()].filter(
      (one) => one.stage === "waiting" && !one.isAlone,
    );
    const { list, sampleId } = this.#lists.plan(waiting, nowMs);
    if (list === null) {
      this.#planAtMs = nowMs + planAgainMs;
      return null;
    }
    const listed = new Map<string, EmbeddedWatch>();
    for (const id of list.ids) {
      const one = this.#watches.get(id);
      if (one === undefined) continue;
      listed.set(id, one);
      this.#schedule.hold(one);
    }
    const sample = this.#watches.get(sampleId ?? "");
    if (sample !== undefined) this.#pollAlone(sample);
    if (!listed.has(watch.state.id)) this.#pollAlone(watch);
    return this.#read(list, listed);
  }

  /** Takes what a poll has brought. */
  note({ state }: WatchDecision): void {
    this.#lists.note(state.id, state.lastSeen);
  }

  #mayServe({ isAlone, state }: EmbeddedWatch, atMs: number): boolean {
    const { deadlineAtMs, aloneUntilMs = -Infinity } = state;
    return (
      !isAlone &&
      aloneUntilMs <= atMs &&
      atMs + defaultReadLimits.listTimeoutMs <= deadlineAtMs &&
      mayList(this.#watches.size, this.#lists.known, atMs) &&
      this.#work.mayList(this.#workspaceId)
    );
  }

  #pollAlone(watch: EmbeddedWatch): void {
    watch.isAlone = true;
    this.#schedule.pollSoon(watch);
  }

  async #read(list: PlannedList, listed: Map<string, EmbeddedWatch>): Promise<void> {
    this.#isListing = true;
    const watchOf = (id: string): EmbeddedWatch | undefined => {
      const watch = listed.get(id);
      return watch !== undefined && this.has(watch) ? watch : undefined;
    };
    const { nowMs } = this.#context;
    const { pauseAllMs, told } = await this.#lists.read(list, watchOf, (watch, decision) => {
      listed.delete(watch.state.id);
      if (!this.has(watch)) return;
      if (decision.kind === "poll_again") {
        watch.state = decision.state;
        watch.polledAtMs = nowMs();
        this.#schedule.pollAt(watch, nowMs() + decision.delayMs);
      } else {
        watch.state = apart(decision.kind === "ended" ? watch.state : decision.state, nowMs());
        this.#schedule.pollSoon(watch);
      }
    });
    this.#isListing = false;
    this.#schedule.pauseAll(pauseAllMs);
    await told;
    // The list has failed, and is not tried again at once.
    for (const watch of listed.values()) {
      if (!this.has(watch)) continue;
      if (watch.pollAtMs <= nowMs()) this.#pollAlone(watch);
      else this.#schedule.pollAt(watch, watch.pollAtMs);
    }
  }
}
