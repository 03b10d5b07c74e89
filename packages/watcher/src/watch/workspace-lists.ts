import {
  afterList,
  isBehind,
  type KnownReads,
  type ListOutcome,
  ListSamples,
  newKnownReads,
  type PlannedList,
  planReads,
  rowsOf,
  type SyncLogObservation,
} from "@qontext/sync-log-client/wait";
import type { PollContext, WatchWork } from "../engine.ts";
import type { ListedWatch, ListRead, RowDecision } from "./listed-watch.ts";

/** Lists are less often than a client's may be, and so are samples, in milliseconds. */
const longestSampleGapMs = 15_000;

/** So many calls of `onUpdate` run at a time for one list. */
const maxTelling = 50;

/** How to read what is due in a workspace. */
export interface WorkspacePlan {
  /** Null where none is worth it. */
  readonly list: PlannedList | null;
  /** Whom the list could serve, and who is polled by itself instead: what that brings shows whether lists stand still. */
  readonly sampleId: string | undefined;
  /** Who is due and is polled by itself. */
  readonly aloneIds: readonly string[];
}

/** Takes what the list means for a watch, at this moment. */
export type FollowRow<Watch> = (watch: Watch, decision: RowDecision, nowMs: number) => void;

/** What became of a list for all that it was for. */
export interface ListEnd {
  /** Whether the key is refused: nothing can be read with it. */
  readonly isRefused: boolean;
  /** How long the server asked all polls to pause, in milliseconds; 0 without such a request. */
  readonly pauseAllMs: number;
}

/** The lists of one workspace: when one takes the place of the polls of its watches, and what it brings for each of them. */
export class WorkspaceLists {
  readonly #work: WatchWork;
  readonly #workspaceId: string;
  readonly #context: PollContext;
  readonly #samples = new ListSamples();
  #known: KnownReads;

  constructor(
    work: WatchWork,
    workspaceId: string,
    context: PollContext,
    known: KnownReads = newKnownReads,
  ) {
    this.#work = work;
    this.#workspaceId = workspaceId;
    this.#context = context;
    this.#known = known;
  }

  /** What the lists have taught. */
  get known(): KnownReads {
    return this.#known;
  }

  /** When the next list may be, as far as the one before is concerned. */
  get nextAtMs(): number {
    return (this.#known.listedAtMs ?? -Infinity) + this.#work.listEveryMs;
  }

  /** How to read those of these watches that are due. */
  plan(watches: readonly ListedWatch[], nowMs: number): WorkspacePlan {
    const awaited = watches.map((watch) => this.#work.awaitedRead(watch));
    const aloneIds: string[] = [];
    let list: PlannedList | null = null;
    for (const read of planReads(awaited, this.#known, nowMs)) {
      if (read.kind === "list") list = read;
      else aloneIds.push(read.id);
    }
    if (list === null) return { list, sampleId: undefined, aloneIds };
    const listed = new Set(list.ids);
    const served = awaited.filter(({ id }) => listed.has(id));
    const sampleId = this.#samples.pick(served, nowMs, longestSampleGapMs);
    const ids = list.ids.filter((id) => id !== sampleId);
    return { list: { ...list, ids }, sampleId, aloneIds };
  }

  /** Takes what a poll has brought of a watch that ended with it: the next list must show that. */
  note(id: string, seen: SyncLogObservation | null): void {
    this.#samples.note(id, seen);
  }

  /** Reads the list. Without an end that it is followed to, a watch stays as it was. */
  async read<Watch extends ListedWatch>(
    list: PlannedList,
    watchOf: (id: string) => Watch | undefined,
    follow: FollowRow<Watch>,
  ): Promise<ListEnd> {
    const startedAtMs = this.#context.nowMs();
    this.#known = { ...this.#known, listedAtMs: startedAtMs };
    const ends = this.#samples.takeEnds();
    const read = await this.#work.readList(this.#workspaceId, list, this.#context);
    if (read.kind === "unauthorized") return { isRefused: true, pauseAllMs: 0 };
    let outcome: ListOutcome;
    if (read.kind === "failed") {
      outcome = read.outcome;
    } else {
      const told = await this.#take(list, read, watchOf, follow);
      const isLate = [...rowsOf(read.syncLogs, ends)].some(([id, row]) =>
        isBehind(row, ends.get(id)),
      );
      const isStale = told.isStale || isLate;
      outcome = { kind: "answered", startedAtMs, bytes: read.bytes, ...told, isStale };
      if (isStale) this.#samples.reset();
    }
    this.#known = afterList(this.#known, outcome, this.#context.nowMs());
    return { isRefused: false, pauseAllMs: read.kind === "failed" ? read.pauseAllMs : 0 };
  }

  async #take<Watch extends ListedWatch>(
    { ids }: PlannedList,
    { syncLogs }: ListRead & { readonly kind: "rows" },
    watchOf: (id: string) => Watch | undefined,
    follow: FollowRow<Watch>,
  ): Promise<{ readonly asked: number; readonly served: number; readonly isStale: boolean }> {
    const { nowMs: clock, signal } = this.#context;
    const rows = rowsOf(syncLogs, new Set(ids));
    let unserved = 0;
    let isStale = false;
    const untaken = ids.values();
    const takeRows = async (): Promise<void> => {
      for (const id of untaken) {
        const watch = watchOf(id);
        if (watch === undefined) continue;
        const nowMs = clock();
        const decision = await this.#work.takeRow(watch.state, rows.get(id), nowMs, signal);
        if (decision.kind === "missing" || decision.kind === "stale") unserved += 1;
        isStale ||= decision.kind === "stale";
        follow(watch, decision, nowMs);
      }
    };
    await Promise.all(Array.from({ length: maxTelling }, takeRows));
    return { asked: ids.length, served: ids.length - unserved, isStale };
  }
}
