import type { SyncLog } from "@qontext/sync-log-schema";
import { isResponseFormatError } from "../errors/guards.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import type { Answer, Transport } from "../transport/transport.ts";
import { rowsOf } from "./observation.ts";
import {
  afterList,
  afterOne,
  type AwaitedRead,
  type KnownReads,
  type ListOutcome,
  mayList,
  newKnownReads,
  type PlannedList,
  planReads,
} from "./plan-reads.ts";
import { pollFailure } from "./poll-result.ts";
import { logFailure } from "./read-once.ts";

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
  awaitedRead(nowMs: number): AwaitedRead | null;
  /** Reads the sync log by itself, now. */
  readAlone(): void;
  /** Takes what a list brought that was asked for at `startedAtMs`; undefined: it was not in it. */
  offer(syncLog: SyncLog | undefined, startedAtMs: number): Offered;
  /** Goes on without the list that it was promised: by itself, where it is due. */
  goOn(): void;
}

/** Reads the list of the workspace once. */
export type ReadList = (
  signal: AbortSignal,
  limits: Pick<PlannedList, "maxBytes" | "timeoutMs">,
) => Promise<Answer>;

interface Listing {
  readonly controller: AbortController;
  readonly streams: Map<string, ListedStream>;
}

/** The reads of one workspace: where it costs less, one list takes the place of those of several streams. */
export class SharedReads {
  readonly #transport: Transport;
  readonly #readList: ReadList;
  readonly #onIdle: (reads: SharedReads) => void;
  readonly #streams = new Map<string, ListedStream>();
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
    if (listing?.streams.delete(id) === true && listing.streams.size === 0) {
      this.#listing = undefined;
      listing.controller.abort(reason);
    }
    if (this.#streams.size === 0) this.#onIdle(this);
  }

  /** Notes how a read of one went. */
  noteOne(bytes: number, durationMs: number): void {
    this.#known = afterOne(this.#known, { bytes, durationMs });
  }

  /** Whether a read that is due is made here: by a list, or by itself once that is decided. */
  ask(id: string, stream: ListedStream): boolean {
    if (this.#listing?.streams.has(id) === true) return true;
    const nowMs = this.#transport.clock.nowMs();
    if (this.#listing !== undefined || !mayList(this.#streams.size, this.#known, nowMs)) {
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
      if (read.kind === "list") this.#list(read, nowMs);
      else {
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

  #list(read: PlannedList, startedAtMs: number): void {
    const streams = new Map<string, ListedStream>();
    for (const id of read.ids) {
      const stream = this.#streams.get(id);
      if (stream !== undefined) streams.set(id, stream);
    }
    const listing = { controller: new AbortController(), streams };
    this.#listing = listing;
    this.#known = { ...this.#known, listedAtMs: startedAtMs };
    void this.#runList(listing, read, startedAtMs);
  }

  async #runList(listing: Listing, read: PlannedList, startedAtMs: number): Promise<void> {
    let outcome: ListOutcome;
    try {
      const { data, headers, text } = await this.#readList(listing.controller.signal, read);
      if (this.#listing !== listing) return;
      this.#listing = undefined;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that it is a list was checked; rows that are none are passed over
      const rows = rowsOf(data as readonly SyncLog[], listing.streams);
      const offered = [...listing.streams].map(([id, one]) => one.offer(rows.get(id), startedAtMs));
      const countOf = (kind: Offered): number => offered.filter((one) => one === kind).length;
      outcome = {
        kind: "answered",
        startedAtMs,
        bytes: text.length,
        asked: offered.length - countOf("late"),
        served: countOf("served"),
        isStale: countOf("stale") > 0,
        retryAfterMs: parseRetryAfter(headers, this.#transport.clock.epochMs()),
      };
    } catch (error) {
      // All that it was for have left.
      if (this.#listing !== listing) return;
      this.#listing = undefined;
      outcome = outcomeOfFailure(error, startedAtMs);
      logFailure(this.#transport.logger, "debug", "Reads one by one, without a list", error);
    }
    this.#known = afterList(this.#known, outcome, this.#transport.clock.nowMs());
    for (const stream of listing.streams.values()) stream.goOn();
  }
}

function outcomeOfFailure(error: unknown, startedAtMs: number): ListOutcome {
  const isTooMuch = isResponseFormatError(error) && error.reason === "too-large";
  return isTooMuch
    ? { kind: "given up", startedAtMs }
    : { kind: "failed", startedAtMs, failure: pollFailure(error) };
}
