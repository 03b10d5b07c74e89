import { setTimeout as sleep } from "node:timers/promises";
import { apart, type ListedWatch } from "../watch/listed-watch.ts";
import { readStoredWatch, stateOf, toStoredWatch } from "../watch/stored-watch.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { type Settled, settleWatches } from "./job-scripts.ts";
import { deliveryOptions, type WorkerSetup } from "./job-worker.ts";
import { indexKeyOf } from "./queues.ts";
import { redisScript, runScript } from "./run-script.ts";

/**
 * A job that the leader takes care of is put off for half of this to all of it, in milliseconds. Should the leader die and
 * nobody take its place, the watch is polled by itself then.
 */
const coverMs = 24_000;

/** A job that is due sooner is put off again, in milliseconds. */
const coverAgainMs = 5000;

/** A watch that was handed to its job is looked at again after so long, in milliseconds. */
const awayMs = 5000;

/** Ends are stored with those that come so soon after them, in milliseconds. */
const storeTogetherMs = 100;

const pageSize = 500;

/** A watch whose job the leader puts off. */
export interface LedWatch extends ListedWatch {
  /** Tells it from another of its key: one that was cancelled and added again. */
  readonly generation: string;
  /** When its job is due, as far as is known. */
  readonly jobAtMs: number;
  /** What was read of it, until its job is put off: somebody else may poll it meanwhile. */
  readonly was?: string;
}

/** The lease of a workspace that this process holds. */
export interface Lease {
  readonly workspaceId: string;
  readonly token: string;
}

const again = (
  key: string,
  { generation, state }: Pick<LedWatch, "generation" | "state">,
  atMs: number,
): Settled => ({
  kind: "again",
  key,
  generation,
  atMs,
  data: toStoredWatch(state, atMs),
});

/**
 * The watches of a workspace in the hands of its leader. Their jobs stay where they are, put off, so that nobody polls them;
 * what the leader learns is written to them now and then.
 */
export class LedWatches {
  readonly #setup: WorkerSetup;
  readonly #lease: Lease;
  readonly #signal: AbortSignal;
  readonly #watches = new Map<string, LedWatch>();
  /** Those that are left to their jobs, until when. */
  readonly #away = new Map<string, number>();
  #soon: Settled[] = [];
  /** Whose updates were told since what is stored. */
  readonly #told = new Set<string>();
  #storing: Promise<unknown> = Promise.resolve();
  #isLost = false;

  constructor(setup: WorkerSetup, lease: Lease, signal: AbortSignal) {
    this.#setup = setup;
    this.#lease = lease;
    this.#signal = signal;
  }

  /** Whether another process leads the workspace by now. */
  get isLost(): boolean {
    return this.#isLost;
  }

  get(key: string): LedWatch | undefined {
    return this.#watches.get(key);
  }

  set(key: string, watch: LedWatch): void {
    this.#watches.set(key, watch);
  }

  entries(): IterableIterator<[string, LedWatch]> {
    return this.#watches.entries();
  }

  /** Reads which watches there are, and those that are new, unless another process leads by now; resolves to how many. */
  async refresh(): Promise<number> {
    const { queues, clock } = this.#setup;
    const { connection, polls, leadKeys } = queues;
    const { workspaceId, token } = this.#lease;
    const indexKey = indexKeyOf(queues, workspaceId);
    const nowMs = clock.nowMs();
    for (const [key, untilMs] of this.#away) if (untilMs <= nowMs) this.#away.delete(key);
    const keys = [leadKeys.tokens, indexKey];
    const reply = await runScript(connection, indexScript, keys, [workspaceId, token]);
    this.#isLost = !Array.isArray(reply);
    if (!Array.isArray(reply)) return 0;
    const generations = new Map<string, string>();
    for (let at = 0; at < reply.length; at += 2) {
      generations.set(String(reply[at]), String(reply[at + 1]));
    }
    for (const [key, { generation }] of this.#watches) {
      if (generations.get(key) !== generation) this.#watches.delete(key);
    }
    const unknown = [...generations.keys()].filter(
      (key) => !this.#watches.has(key) && !this.#away.has(key),
    );
    for (let from = 0; from < unknown.length; from += pageSize) {
      const page = unknown.slice(from, from + pageSize);
      const texts = await Promise.all(page.map((key) => connection.hget(polls.toKey(key), "data")));
      const missing = page.filter((_key, index) => texts[index] === null);
      if (missing.length > 0) await connection.hdel(indexKey, ...missing);
      for (const [index, key] of page.entries()) {
        this.#take(key, generations.get(key) ?? "", texts[index] ?? null, nowMs);
      }
    }
    return generations.size;
  }

  #take(key: string, generation: string, text: string | null, nowMs: number): void {
    if (text === null) return;
    const watch = readLed(key, generation, text, nowMs);
    const untilMs = watch === null ? Infinity : (watch.state.aloneUntilMs ?? 0);
    if (watch !== null && untilMs <= nowMs) this.#watches.set(key, watch);
    else this.#away.set(key, Math.min(nowMs + coverMs, untilMs));
  }

  /** Leaves watches to their jobs, which poll them by themselves at once. */
  async handOver(given: readonly (readonly [key: string, state: WatchState])[]): Promise<void> {
    const nowMs = Math.round(this.#setup.clock.nowMs());
    const due = given.flatMap(([key, state]): Settled[] => {
      const { generation } = this.#watches.get(key) ?? {};
      if (generation === undefined) return [];
      this.#leave(key);
      const data = toStoredWatch(apart(state, nowMs), nowMs);
      return [{ kind: "due", key, generation, atMs: nowMs, data }];
    });
    await this.#settle(due);
  }

  /** Leaves a watch to its job, which polls it by itself in a while. */
  handBack(key: string, { generation }: LedWatch, state: WatchState, delayMs: number): void {
    const nowMs = this.#setup.clock.nowMs();
    this.#leave(key);
    this.#settleSoon(again(key, { generation, state: apart(state, nowMs) }, nowMs + delayMs));
  }

  /** Stores an outcome and ends its watch, in one step with others. */
  end(key: string, { generation }: LedWatch, outcome: object): void {
    this.#leave(key);
    const atMs = this.#setup.clock.nowMs();
    this.#settleSoon({ kind: "end", key, generation, atMs, data: outcome });
  }

  /** Stores what was told of a watch, with that of others: whoever leads next must not tell what is older. */
  storeTold(key: string): void {
    this.#told.add(key);
    this.#flushSoon();
  }

  /** Puts off the jobs that would soon be due. */
  async cover(): Promise<void> {
    const nowMs = this.#setup.clock.nowMs();
    const settled: Settled[] = [];
    for (const [key, watch] of this.#watches) {
      const { deadlineAtMs } = watch.state;
      const isFar = watch.jobAtMs > nowMs + coverAgainMs || watch.jobAtMs >= deadlineAtMs;
      if (isFar) continue;
      const putOffMs = coverMs * (0.5 + 0.5 * Math.random());
      const jobAtMs = Math.round(Math.min(deadlineAtMs, nowMs + putOffMs));
      const { was = "", ...covered } = watch;
      this.#watches.set(key, { ...covered, jobAtMs });
      settled.push({ ...again(key, watch, jobAtMs), was });
    }
    await this.#settle(settled);
  }

  /** Gives all jobs back the time at which they would be due without a leader; those that are due, within `spreadMs`. */
  async uncover(spreadMs: number): Promise<void> {
    const nowMs = this.#setup.clock.nowMs();
    await this.#settle(
      Array.from(this.#watches, ([key, watch]) =>
        again(key, watch, Math.round(Math.max(watch.pollAtMs, nowMs + spreadMs * Math.random()))),
      ),
    );
  }

  /** Resolves once all that is to be stored soon is. */
  async stored(): Promise<void> {
    await this.#storing;
  }

  #leave(key: string): void {
    this.#watches.delete(key);
    this.#away.set(key, this.#setup.clock.nowMs() + awayMs);
  }

  #settleSoon(one: Settled): void {
    this.#soon.push(one);
    this.#flushSoon();
  }

  #takeSoon(): readonly Settled[] {
    const told = [...this.#told].flatMap((key) => {
      const watch = this.#watches.get(key);
      // One that is not covered yet is stored with that.
      return watch === undefined || watch.was !== undefined
        ? []
        : [again(key, watch, watch.jobAtMs)];
    });
    this.#told.clear();
    return [...this.#soon.splice(0), ...told];
  }

  #flushSoon(): void {
    if (this.#soon.length + this.#told.size > 1) return;
    const waited = sleep(storeTogetherMs, undefined, { signal: this.#signal }).catch(
      () => undefined,
    );
    this.#storing = Promise.all([this.#storing, waited])
      .then(() => this.#settle(this.#takeSoon()))
      .catch((error: unknown) => this.#setup.pulse.failed(error));
  }

  async #settle(settled: readonly Settled[]): Promise<void> {
    if (settled.length === 0 || this.#isLost) return;
    const { queues, clock } = this.#setup;
    const options = deliveryOptions(this.#setup);
    const gone = await settleWatches(queues, this.#lease, settled, options, clock.nowMs());
    if (gone === null) this.#isLost = true;
    // Polled by somebody else at the moment, or just now, or cancelled: the next refresh tells.
    for (const key of gone ?? []) this.#watches.delete(key);
  }
}

/** What the index of a workspace holds, for its leader only. */
const indexScript = redisScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return false end
return redis.call('HGETALL', KEYS[2])
`);

/** What is stored of a watch; null where this process cannot read it, which its job tells of. */
function readLed(key: string, generation: string, text: string, nowMs: number): LedWatch | null {
  try {
    const stored = readStoredWatch(JSON.parse(text), key);
    const state = stateOf(stored);
    const polledAtMs = state.polls === 0 ? null : Math.min(nowMs, state.lastSeen?.atMs ?? nowMs);
    // Its job is put off at once, and its next poll is now: nobody knows how old what is stored is.
    const pollAtMs = Math.min(stored.dueAtMs, nowMs);
    return { generation, state, pollAtMs, polledAtMs, jobAtMs: 0, was: text };
  } catch {
    return null;
  }
}
