import { createSyncLogClient } from "@qontext/sync-log-client";
import {
  anyWorkspace,
  endsAtMs,
  idOf,
  laggingWorkspace,
  promptWorkspace,
  serveWorkspace,
  type ServedWorkspace,
  type Workspace,
} from "@qontext/sync-log-test-support/workspace-worlds";
import { type Arbitrary, assert, asyncProperty } from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSyncLogWatcher } from "../../src/index.ts";

/** More are a matter of patience: `WAIT_RUNS=2000`. A failure prints its seed and its path. */
const numRuns = Number(process.env["WAIT_RUNS"] ?? 12);
const settings = { numRuns, seed: process.env["WAIT_RUNS"] === undefined ? 17 : Date.now() };

/** A list that hangs is given up after five seconds; then the polls follow. */
const hangingMs = 8000;
/** A list that lags is found out before its lag adds so much. */
const lagMs = 60_000;

interface Watched extends Omit<ServedWorkspace, "fetch"> {
  readonly ends: ReadonlyMap<string, { readonly endedAs: string; readonly atMs: number }>;
  /** What must not have happened. */
  readonly complaints: readonly string[];
}

const realSetImmediate = setImmediate;

const take = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Watches all syncs of a workspace in virtual time; the intervals are those of its first sync. */
async function watchIn(workspace: Workspace, polls: "auto" | "single"): Promise<Watched> {
  const startedAtMs = performance.now();
  const nowMs = (): number => performance.now() - startedAtMs;
  const { fetch, ...asked } = serveWorkspace(workspace, { nowMs, take });
  const ends = new Map<string, { endedAs: string; atMs: number }>();
  const counts = new Map<string, number>();
  const complaints: string[] = [];
  const { maxWaitMs: _, ...rules } = workspace.syncs[0]?.wait ?? {};
  const watcher = createSyncLogWatcher({
    client: createSyncLogClient({ apiKey: "q_sk_worlds-3d", baseUrl: "http://localhost", fetch }),
    ...rules,
    polls,
    random: () => 0.5,
    onUpdate: ({ id, syncLog }) => {
      const count = syncLog.recordsIngested ?? 0;
      if (count < (counts.get(id) ?? 0)) complaints.push(`${id} went back to ${count}`);
      if (ends.has(id)) complaints.push(`${id} was told of after its end`);
      counts.set(id, count);
    },
    onOutcome: ({ id, endedAs }) => {
      if (ends.has(id)) complaints.push(`${id} ended twice`);
      ends.set(id, { endedAs, atMs: nowMs() });
    },
    onEvent: (event) => {
      if (event.type === "engine_error") complaints.push(String(event.error));
    },
  });
  for (const [index, { startsAtMs, wait }] of workspace.syncs.entries()) {
    const target = { workspaceId: "ws_1", id: idOf(index) };
    setTimeout(() => void watcher.watch(target, { maxWaitMs: wait.maxWaitMs }), startsAtMs);
  }
  while (ends.size < workspace.syncs.length) {
    await new Promise((resolve) => {
      realSetImmediate(() => realSetImmediate(resolve));
    });
    await vi.advanceTimersToNextTimerAsync();
  }
  await watcher.close({ graceMs: 0 });
  vi.clearAllTimers();
  return { ...asked, ends, complaints };
}

/** Which watches learnt of the end of their sync later than `lateMs` after their longest interval. */
function late({ syncs, outage }: Workspace, { ends }: Watched, lateMs: number): readonly string[] {
  const { maxIntervalMs = 0 } = syncs[0]?.wait ?? {};
  return syncs.flatMap((sync, index) => {
    const { endedAs = "", atMs = 0 } = ends.get(idOf(index)) ?? {};
    if (endedAs !== sync.end) return [];
    const afterMs = atMs - Math.max(endsAtMs(sync), sync.startsAtMs);
    // A poll that fails in an outage is followed by one pause more.
    const mostMs = maxIntervalMs + lateMs + (outage.forMs > 0 ? outage.forMs + maxIntervalMs : 0);
    return afterMs > mostMs ? [`${index} after ${afterMs} ms`] : [];
  });
}

/** Whose deadline was not met by a last poll by itself. */
function missed({ syncs }: Workspace, { ends, readsAtMs }: Watched): readonly string[] {
  return syncs.flatMap(({ startsAtMs, wait }, index) => {
    const { endedAs, atMs = 0 } = ends.get(idOf(index)) ?? {};
    const deadlineMs = startsAtMs + wait.maxWaitMs;
    const lastMs = readsAtMs.get(idOf(index))?.at(-1) ?? 0;
    const isMet = Math.max(Math.abs(atMs - deadlineMs), Math.abs(lastMs - deadlineMs)) < 200;
    return endedAs !== "timed_out" || isMet ? [] : [`${index} at ${atMs}, last read ${lastMs}`];
  });
}

/** A 429 that asks to wait holds back all polls of a watcher, and is no matter of lists. */
const isOfLists = ({ modes }: Workspace): boolean =>
  !modes.some((mode) => mode.kind === "status" && mode.code === 429 && mode.retryAfter !== null);

/** Lists are for many. */
const fourfold = (one: Workspace): Workspace => ({
  ...one,
  syncs: Array.from({ length: 4 }, () => one.syncs).flat(),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("lists in the place of the polls of watches", () => {
  test.for<[string, Arbitrary<Workspace>, number]>([
    ["tell the truth or fail", promptWorkspace, hangingMs],
    ["lag steadily, or stand still", laggingWorkspace, lagMs],
    // Each is polled by itself every five minutes, one of a few at a time.
    ["lag or stand still for a while", anyWorkspace, 600_000],
  ])("that %s change no outcome", async ([, workspaces, lateMs]) => {
    const property = asyncProperty(
      workspaces.filter(isOfLists).map(fourfold),
      async (workspace) => {
        const single = await watchIn(workspace, "single");
        const auto = await watchIn(workspace, "auto");
        const endings = ({ ends }: Watched) =>
          workspace.syncs.map((_sync, n) => ends.get(idOf(n))?.endedAs);
        expect(endings(auto)).toEqual(endings(single));
        expect(single.listsAtMs).toEqual([]);
        expect([...single.complaints, ...auto.complaints]).toEqual([]);
        expect([...late(workspace, auto, lateMs), ...missed(workspace, auto)]).toEqual([]);
      },
    );
    await assert(property, settings);
  });
});
