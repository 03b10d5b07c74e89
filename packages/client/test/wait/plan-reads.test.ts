import { describe, expect, it } from "vitest";
import {
  afterList,
  afterOne,
  type AwaitedRead,
  defaultReadLimits,
  type KnownReads,
  newKnownReads,
  planReads,
} from "../../src/wait/index.ts";

const nowMs = 1_000_000;

/** So many that were polled ten seconds ago and are due now, the first with changes. */
const awaited = (count: number, changes: Partial<AwaitedRead> = {}): AwaitedRead[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `sync_${index}`,
    pollAtMs: nowMs,
    polledAtMs: nowMs - 10_000,
    readAloneAtMs: nowMs - 20_000,
    minIntervalMs: 1000,
    lastPollAtMs: nowMs + 3_600_000,
    aloneUntilMs: null,
    ...changes,
  }));

const seen: KnownReads = {
  ...newKnownReads,
  listedAtMs: nowMs - 10_000,
  listBytes: 100_000,
  oneBytes: 900,
  oneDurationMs: 50,
};

/** How many are read by a list, and how many by themselves. */
const split = (reads: ReturnType<typeof planReads>): readonly [listed: number, alone: number] => {
  const list = reads.find(({ kind }) => kind === "list");
  return [
    list?.kind === "list" ? list.ids.length : 0,
    reads.filter(({ kind }) => kind === "one").length,
  ];
};

describe("planReads", () => {
  it.each<[string, AwaitedRead[], Partial<KnownReads>, readonly [number, number]]>([
    ["one list for many", awaited(200), {}, [200, 0]],
    ["each by itself where they are few for so large a list", awaited(6), {}, [0, 6]],
    ["a list where it is small enough for a few", awaited(4), { listBytes: 4000 }, [4, 0]],
    ["no list for two", awaited(2), { listBytes: 2000 }, [0, 2]],
    ["a list whose size nobody knows, to see", awaited(20), { listBytes: null }, [20, 0]],
    [
      "a list that was large long ago, to see",
      awaited(20),
      { listedAtMs: nowMs - 600_000 },
      [20, 0],
    ],
    [
      "those along that are due soon",
      [...awaited(10), ...awaited(40, { pollAtMs: nowMs + 2000 }).slice(10)],
      {},
      [40, 0],
    ],
    [
      "no list for those that have only just been read",
      [...awaited(3), ...awaited(200, { pollAtMs: nowMs + 1000, polledAtMs: nowMs - 10 }).slice(3)],
      {},
      [0, 3],
    ],
    ["a list where many are nearly due", awaited(200, { pollAtMs: nowMs + 1 }), {}, [200, 0]],
    [
      "nothing where nothing is due for long",
      awaited(200, { pollAtMs: nowMs + 30_000, polledAtMs: nowMs }),
      {},
      [0, 0],
    ],
    [
      "no second list within the shortest interval",
      awaited(200),
      { listedAtMs: nowMs - 999 },
      [0, 200],
    ],
    ["no list while none is to be tried", awaited(200), { noListBeforeMs: nowMs + 1 }, [0, 200]],
    ["a list once one may be tried again", awaited(200), { noListBeforeMs: nowMs }, [200, 0]],
    ["the last before a deadline by itself", awaited(200, { lastPollAtMs: nowMs }), {}, [0, 200]],
    [
      "what would end too late after a slow list",
      awaited(9, { lastPollAtMs: nowMs + 4999 }),
      { listBytes: 1 },
      [0, 9],
    ],
    [
      "whom no list will do for by itself",
      awaited(9, { aloneUntilMs: Infinity }),
      { listBytes: 1 },
      [0, 9],
    ],
    [
      "whom a list lacked, after a while, with the others",
      awaited(9, { aloneUntilMs: nowMs }),
      { listBytes: 1 },
      [9, 0],
    ],
    [
      "a tenth by itself that no single read has seen for long",
      awaited(200, { readAloneAtMs: 0 }),
      {},
      [180, 20],
    ],
  ])("gives %s", (_, all, known, expected) => {
    expect(split(planReads(all, { ...seen, ...known }, nowMs))).toEqual(expected);
  });

  it("takes an unknown list little further than it is worth", () => {
    const [list] = planReads(awaited(10), newKnownReads, nowMs);
    expect(list).toMatchObject({
      kind: "list",
      maxBytes: 1.25 * (10 - 1) * 16_384,
      timeoutMs: 5000,
    });
  });

  it("gives a list four times as long as a slow service takes for one", () => {
    const [list] = planReads(awaited(200), { ...seen, oneDurationMs: 3000 }, nowMs);
    expect(list).toMatchObject({ timeoutMs: 12_000 });
  });

  it("reads first by itself what was read so longest ago", () => {
    const all = [...awaited(9), ...awaited(10, { readAloneAtMs: 5 }).slice(9)];
    const reads = planReads(
      all.map((one, index) => (index === 3 ? { ...one, readAloneAtMs: 4 } : one)),
      { ...seen, listBytes: 1 },
      nowMs,
    );
    expect(reads.slice(1)).toEqual([{ kind: "one", id: "sync_3" }]);
  });
});

describe("what is known after a list", () => {
  const startedAtMs = nowMs - 100;
  const answered = {
    kind: "answered",
    startedAtMs,
    bytes: 5000,
    asked: 10,
    isStale: false,
  } as const;
  const failed = (kind: "refused" | "transient", retryAfterMs: number | null = null) =>
    ({ kind: "failed", startedAtMs, failure: { kind, retryAfterMs } }) as const;
  const pauseAfter = (outcome: Parameters<typeof afterList>[1], setbacks = 0): number | null => {
    const { noListBeforeMs } = afterList({ ...seen, setbacks }, outcome, nowMs);
    return noListBeforeMs && noListBeforeMs - nowMs;
  };

  it.each<[string, Parameters<typeof afterList>[1], number, number | null]>([
    ["none after one that serves most", { ...answered, served: 5 }, 4, null],
    [
      "as long as the server asks with one that serves",
      { ...answered, served: 9, retryAfterMs: 30_000 },
      0,
      30_000,
    ],
    ["a minute after one that serves few", { ...answered, served: 4 }, 0, 60_000],
    ["a minute after one that is stale", { ...answered, served: 9, isStale: true }, 0, 60_000],
    ["a minute after one that was given up", { kind: "given up", startedAtMs }, 0, 60_000],
    ["twice as long after each further one", failed("transient"), 3, 480_000],
    ["ten minutes after one that was refused", failed("refused"), 0, 600_000],
    ["an hour at most", failed("refused"), 99, 3_600_000],
    [
      "as long as the server asks, where that is more",
      failed("transient", 7_200_000),
      0,
      7_200_000,
    ],
  ])("pauses %s", (_, outcome, setbacks, expected) => {
    expect(pauseAfter(outcome, setbacks)).toBe(expected);
  });

  it("is JSON, and has its size and the single read's", () => {
    const known = afterOne(afterList(newKnownReads, { ...answered, served: 10 }, nowMs), {
      bytes: 900,
      durationMs: 20,
    });
    expect(JSON.parse(JSON.stringify(known))).toEqual(known);
    expect(known).toMatchObject({
      listBytes: 5000,
      listedAtMs: startedAtMs,
      oneBytes: 900,
      setbacks: 0,
    });
    expect(defaultReadLimits.minReads).toBe(3);
  });
});
