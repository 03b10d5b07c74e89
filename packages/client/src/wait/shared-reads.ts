import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import { isResponseFormatError } from "../errors/guards.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import type { Answer, Transport } from "../transport/transport.ts";
import { ListSamples, type SampledRead } from "./list-samples.ts";
import { isBehind, rowsOf, type SyncLogObservation } from "./observation.ts";
import {
  afterList,
  afterOne,
  type KnownReads,
  type ListOutcome,
  mayList,
  newKnownReads,
  patienceMs,
  type PlannedList,
  planReads,
} from "./plan-reads.ts";
import { pollFailure } from "./poll-result.ts";
import { logFailure } from "./read-once.ts";
import { outcomeOf } from "./terminal-status.ts";

/** What became of a row for a stream of polls. */
export type Offered =
  /** It was taken, or is confirmed. */
  | "served"
  /** The list lacks the sync log. */
  | "missing"
  /** It is behind what was known before the list was asked for. */
  | "stale"
  /** Nobody waits any more, or a newer read is under way or has come. */
  | "late";

/** A stream of polls, as far as lists need to know it. */
export interface ListedStream {
  /** The sync log, as plans know it; null while it is read by itself, or nobody waits for it. */
  awaitedRead(nowMs: number): SampledRead | null;
  /** Reads the sync log by itself, now. */
  readAlone(): void;
  /** Takes what a list brought that was asked for at `startedAtMs`; undefined: it was not in it. */
  offer(syncLog: SyncLog | undefined, startedAtMs: number): Offered;
  /** Goes on without the list that it was promised: by itself, where it is due. Tells whether it does. */
  goOn(): boolean;
  /** Wants its next read as soon as it may be: what lists brought is in doubt. */
  hasten(): void;
}

/** How a read of a single sync log went. */
interface SingleRead {
  readonly bytes: number;
  readonly durationMs: number;
  readonly lastSeen: SyncLogObservation | null;
  /** Whether it was to confirm what a list told: an end, or a status that is not known. */
  readonly isDoubted: boolean;
}

/** Reads the list of the workspace once. */
export type ReadList = (
  signal: AbortSignal,
  limits: Pick<PlannedList, "maxBytes" | "timeoutMs">,
) => Promise<Answer>;

interface Listing {
  readonly controller: AbortController;
  readonly streams: Map<string, ListedStream>;
  /** What it has to show of those that nobody waits for any more. */
  readonly ends: ReadonlyMap<string, SyncLogObservation>;
  /** How many were due and are read by themselves, since it takes long. */
  overtaken: number;
  isSlow: boolean;
}

/** The reads of one workspace: where it costs less, one list takes the place of those of several streams. */
export class SharedReads {
  readonly #transport: Transport;
  readonly #readList: ReadList;
  readonly #onIdle: (reads: SharedReads) => void;
  readonly #streams = new Map<string, ListedStream>();
  readonly #samples = new ListSamples();
  #known = newKnownReads;
  #listing: Listing | undefined;
  /** Those that want a read, until it is planned together. */
  #asking: Map<string, ListedStream> | undefined;

  constructor(transport: Transport, readList: ReadList, onIdle: (reads: SharedReads) => void) {
    this.#transport = transport;
    this.#readList = readList;
    this.#onIdle = onIdle;
  }

  /** What the reads have taught. */
  get known(): KnownReads {
    return this.#known;
  }

  add(id: string, stream: ListedStream): void {
    this.#streams.set(id, stream);
  }

  /** With the last of those that a list is for, its request ends. */
  remove(id: string, reason: unknown): void {
    this.#streams.delete(id);
    this.#asking?.delete(id);
    const listing = this.#listing;
    listing?.streams.delete(id);
    if (listing?.streams.size === 0 && (listing.overtaken === 0 || this.#streams.size === 0)) {
      this.#listing = undefined;
      listing.controller.abort(reason);
    }
    if (this.#streams.size > 0) return;
    this.#samples.reset();
    this.#onIdle(this);
  }

  /** Notes how a read of one went. */
  noteOne(id: string, read: SingleRead): void {
    this.#known = afterOne(this.#known, read);
    this.#samples.note(id, read.lastSeen);
    const { status } = read.lastSeen ?? {};
    const isRunning = isKnownSyncLogStatus(status) && outcomeOf(status) === undefined;
    const nowMs = this.#transport.clock.nowMs();
    if (!read.isDoubted || !isRunning || nowMs < (this.#known.noListBeforeMs ?? 0)) return;
    const startedAtMs = this.#known.listedAtMs ?? nowMs;
    this.#known = afterList(this.#known, { kind: "given up", startedAtMs }, nowMs);
    this.#doubt();
  }

  /** Lists have misled, or may have: all are read by themselves, as soon as they may be. */
  #doubt(): void {
    this.#samples.reset();
    for (const stream of this.#streams.values()) stream.hasten();
    for (const stream of this.#streams.values()) stream.goOn();
  }

  /** Whether a read that is due is made here: by a list, or by itself once that is decided. */
  ask(id: string, stream: ListedStream): boolean {
    const listing = this.#listing;
    if (listing?.streams.has(id) === true) {
      if (listing.isSlow) this.#overtake(listing, id);
      return !listing.isSlow;
    }
    const nowMs = this.#transport.clock.nowMs();
    if (listing !== undefined || !mayList(this.#streams.size, this.#known, nowMs)) {
      return false;
    }
    if (this.#asking === undefined) {
      this.#asking = new Map();
      queueMicrotask(() => this.#plan());
    }
    this.#asking.set(id, stream);
    return true;
  }

  #plan(): void {
    const asking = this.#asking;
    this.#asking = undefined;
    if (asking === undefined || asking.size === 0) return;
    const nowMs = this.#transport.clock.nowMs();
    const awaited = [...this.#streams.values()].flatMap((one) => one.awaitedRead(nowMs) ?? []);
    for (const read of planReads(awaited, this.#known, nowMs)) {
      if (read.kind === "list") {
        const served = new Set(read.ids);
        const sample = this.#samples.pick(
          awaited.filter((one) => served.has(one.id)),
          nowMs,
        );
        this.#list(read, sample, nowMs);
      } else {
        asking.delete(read.id);
        this.#streams.get(read.id)?.readAlone();
      }
    }
    for (const [id, stream] of asking) {
      if (this.#listing?.streams.has(id) !== true && this.#streams.get(id) === stream) {
        stream.goOn();
      }
    }
  }

  #list(read: PlannedList, sample: string | undefined, startedAtMs: number): void {
    const streams = new Map<string, ListedStream>();
    for (const id of read.ids) {
      const stream = this.#streams.get(id);
      if (id === sample) stream?.readAlone();
      else if (stream !== undefined) streams.set(id, stream);
    }
    const ends = this.#samples.takeEnds();
    const controller = new AbortController();
    const listing: Listing = { controller, streams, ends, overtaken: 0, isSlow: false };
    this.#listing = listing;
    this.#known = { ...this.#known, listedAtMs: startedAtMs };
    void this.#runList(listing, read, startedAtMs);
  }

  /** Reads by themselves those that are due, beside a list that takes long. */
  #hurry(listing: Listing): void {
    listing.isSlow = true;
    for (const [id, stream] of listing.streams) {
      if (stream.goOn()) this.#overtake(listing, id);
    }
  }

  #overtake(listing: Listing, id: string): void {
    listing.streams.delete(id);
    listing.overtaken += 1;
  }

  async #runList(listing: Listing, read: PlannedList, startedAtMs: number): Promise<void> {
    const { clock } = this.#transport;
    const timer = clock.setTimeout(() => this.#hurry(listing), patienceMs(this.#known));
    let outcome: ListOutcome;
    let isStale = false;
    try {
      const { data, headers, text } = await this.#readList(listing.controller.signal, read);
      if (this.#listing !== listing) return;
      this.#listing = undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that it is a list was checked; rows that are none are passed over
      const list = data as readonly SyncLog[];
      const rows = rowsOf(list, listing.streams);
      const offered = [...listing.streams].map(([id, one]) => one.offer(rows.get(id), startedAtMs));
      const countOf = (kind: Offered): number => offered.filter((one) => one === kind).length;
      const isTooSlow = clock.nowMs() - startedAtMs > patienceMs(this.#known);
      isStale =
        countOf("stale") > 0 ||
        Number(headers.get("age")) * 1000 > read.maxAgeMs ||
        [...rowsOf(list, listing.ends)].some(([id, row]) => isBehind(row, listing.ends.get(id)));
      outcome = {
        kind: "answered",
        startedAtMs,
        bytes: text.length,
        // Where reads of one take long, too, a list may.
        asked: offered.length - countOf("late") + (isTooSlow ? listing.overtaken : 0),
        served: countOf("served"),
        isStale,
        retryAfterMs: parseRetryAfter(headers, clock.epochMs()),
      };
    } catch (error) {
      // All that it was for have left.
      if (this.#listing !== listing) return;
      this.#listing = undefined;
      outcome = outcomeOfFailure(error, startedAtMs);
      logFailure(this.#transport.logger, "debug", "Reads one by one, without a list", error);
    } finally {
      clock.clearTimeout(timer);
    }
    this.#known = afterList(this.#known, outcome, clock.nowMs());
    if (isStale) this.#doubt();
    else for (const stream of listing.streams.values()) stream.goOn();
  }
}

function outcomeOfFailure(error: unknown, startedAtMs: number): ListOutcome {
  const isTooMuch = isResponseFormatError(error) && error.reason === "too-large";
  return isTooMuch
    ? { kind: "given up", startedAtMs }
    : { kind: "failed", startedAtMs, failure: pollFailure(error) };
}
