import {
  afterList,
  afterOne,
  isBehind,
  type KnownReads,
  ListSamples,
  newKnownReads,
  patienceMs,
  type PlannedList,
  planReads,
  rowsOf,
  type SyncLogObservation,
} from "@qontext/sync-log-client/wait";
import type { PollContext, WatchWork } from "../engine.ts";
import type { WatchUpdate } from "./decide-next.ts";
import type { ListedWatch, RowDecision } from "./listed-watch.ts";

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

/** Takes what the list means for a watch. */
export type FollowRow<Watch> = (watch: Watch, decision: RowDecision) => void;

/** What became of a list for all that it was for. */
export interface ListEnd {
  /** Whether there is no key, or it is known to be refused: nothing was asked for. */
  readonly isRefused: boolean;
  /** How long the server asked all polls to pause, in milliseconds; 0 without such a request. */
  readonly pauseAllMs: number;
  /** Resolves once all updates are told; until then no list is read for those that have changed. Never rejects. */
  readonly told: Promise<void>;
}

interface ChangedRow<Watch> {
  readonly watch: Watch;
  readonly decision: RowDecision;
  readonly update: WatchUpdate;
}

/** The lists of one workspace: when one takes the place of the polls of its watches, and what it brings for each of them. */
export class WorkspaceLists {
  readonly #work: WatchWork;
  readonly #workspaceId: string;
  /** For the polls of its watches, which teach what a read of one takes. */
  readonly pollContext: PollContext;
  readonly #samples = new ListSamples();
  /** Those that have changed, and wait for `onUpdate`. */
  readonly #untold = new Set<string>();
  #known: KnownReads;

  constructor(
    work: WatchWork,
    workspaceId: string,
    context: PollContext,
    known: KnownReads = newKnownReads,
  ) {
    this.#work = work;
    this.#workspaceId = workspaceId;
    this.pollContext = {
      ...context,
      onRead: (read) => {
        this.#known = afterOne(this.#known, read);
      },
    };
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
    const awaited = watches
      .filter(({ state }) => !this.#untold.has(state.id))
      .map((watch) => this.#work.awaitedRead(watch));
    const aloneIds: string[] = [];
    let list: PlannedList | null = null;
    for (const read of planReads(awaited, this.#known, nowMs)) {
      if (read.kind === "list") list = read;
      else aloneIds.push(read.id);
    }
    if (list === null) return { list, sampleId: undefined, aloneIds };
    const listed = new Set(list.ids);
    const served = awaited.filter(({ id }) => listed.has(id));
    const sampleId = this.#samples.pick(served, nowMs);
    const ids = list.ids.filter((id) => id !== sampleId);
    return { list: { ...list, ids }, sampleId, aloneIds };
  }

  /** Takes what a poll has brought of a watch that ended with it: the next list must show that. */
  note(id: string, seen: SyncLogObservation | null): void {
    this.#samples.note(id, seen);
  }

  /**
   * Reads the list for those that are still watched then. `follow` is called for each, after `onUpdate` where that is told of
   * a change; not where the list has failed: those are as they were. `refresh` is awaited before, where it is not known here
   * who is watched.
   */
  async read<Watch extends ListedWatch>(
    list: PlannedList,
    watchOf: (id: string) => Watch | undefined,
    follow: FollowRow<Watch>,
    refresh?: () => Promise<unknown>,
  ): Promise<ListEnd> {
    const { nowMs } = this.pollContext;
    const startedAtMs = nowMs();
    const end: ListEnd = { isRefused: false, pauseAllMs: 0, told: Promise.resolve() };
    this.#known = { ...this.#known, listedAtMs: startedAtMs };
    const ends = this.#samples.takeEnds();
    const read = await this.#work.readList(this.#workspaceId, list, this.pollContext);
    if (read.kind === "unauthorized") return { ...end, isRefused: true };
    if (read.kind === "failed") {
      this.#known = afterList(this.#known, read.outcome, nowMs());
      return { ...end, pauseAllMs: read.pauseAllMs };
    }
    const { syncLogs, ageMs, retryAfterMs } = read;
    const isSlow = nowMs() - startedAtMs > patienceMs(this.#known);
    await refresh?.();
    const rows = rowsOf(syncLogs, new Set(list.ids));
    let isStale =
      ageMs > list.maxAgeMs ||
      [...rowsOf(syncLogs, ends)].some(([id, row]) => isBehind(row, ends.get(id)));
    let unserved = 0;
    const changed: ChangedRow<Watch>[] = [];
    for (const id of list.ids) {
      const watch = watchOf(id);
      if (watch === undefined) continue;
      const decision = this.#work.decideByRow(watch.state, rows.get(id), nowMs());
      if (decision.kind === "missing" || decision.kind === "stale") unserved += 1;
      isStale ||= decision.kind === "stale";
      const update = decision.kind === "poll_again" ? decision.update : null;
      if (update === null) follow(watch, decision);
      else changed.push({ watch, decision, update });
    }
    if (isStale) this.#samples.reset();
    const asked = list.ids.length;
    // Those that are due have waited for it longer than for reads of their own.
    const served = isSlow ? 0 : asked - unserved;
    this.#known = afterList(
      this.#known,
      {
        kind: "answered",
        startedAtMs,
        bytes: read.bytes ?? 0,
        asked,
        served,
        isStale,
        retryAfterMs,
      },
      nowMs(),
    );
    return { ...end, told: this.#tell(changed, watchOf, follow) };
  }

  async #tell<Watch>(
    changed: readonly ChangedRow<Watch>[],
    watchOf: (id: string) => Watch | undefined,
    follow: FollowRow<Watch>,
  ): Promise<void> {
    for (const { update } of changed) this.#untold.add(update.id);
    const rest = changed.values();
    const tellNext = async (): Promise<void> => {
      for (const { watch, decision, update } of rest) {
        const isWatched = watchOf(update.id) !== undefined;
        if (isWatched) await this.#work.tellUpdate(update, this.pollContext.signal);
        this.#untold.delete(update.id);
        if (isWatched) follow(watch, decision);
      }
    };
    await Promise.all(Array.from({ length: Math.min(maxTelling, changed.length) }, tellNext));
  }
}
