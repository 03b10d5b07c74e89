import { fork } from "node:child_process";
import { once } from "node:events";
import { createNodeFetch, createUndiciFetch } from "@qontext/sync-log-client/node";
import { Pool } from "undici";
import { createCases, ours, type Case, type Fetch } from "./cases.ts";
import { median, shuffled, toTable, verdict } from "./measure.ts";

const connections = 50;
/** Short turns, and many of them, as in the calls over a stub. */
const rounds = 120;
const warmUpRounds = 20;
const callsPerRound = 200;

const fetch: Fetch = (input, init) => globalThis.fetch(input, init);

/** Reads from a server in another process, 50 at a time; the clients take turns, round by round. */
export async function measureLoopback(): Promise<string> {
  const server = fork(new URL("loopback-server.ts", import.meta.url));
  const [port] = await once(server, "message");
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  const nodeFetch = createNodeFetch({ maxSockets: connections });
  const pool = new Pool(baseUrl, { connections });
  const cases: Case[] = [
    ...createCases(baseUrl, fetch),
    {
      name: "@qontext/sync-log-client, createNodeFetch",
      isResilient: true,
      call: ours(baseUrl, nodeFetch),
    },
    {
      name: "@qontext/sync-log-client, createUndiciFetch",
      isResilient: true,
      call: ours(baseUrl, createUndiciFetch(pool)),
    },
    { name: "undici.request, bare", isResilient: false, call: undiciRequest(pool) },
  ];
  const speeds = new Map(cases.map(({ name }) => [name, [] as number[]]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, call } of shuffled(cases)) {
        const passedMs = await timeOf(call);
        if (round >= warmUpRounds) speeds.get(name)?.push((callsPerRound / passedMs) * 1000);
      }
    }
  } finally {
    nodeFetch.close();
    await pool.close();
    server.kill();
  }
  return tableOf(cases, speeds);
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  let left = callsPerRound;
  const startedAtMs = performance.now();
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return performance.now() - startedAtMs;
}

function tableOf(cases: readonly Case[], speeds: ReadonlyMap<string, readonly number[]>): string {
  const raw = speeds.get("raw fetch") ?? [];
  const goals = new Map([
    ["@qontext/sync-log-client", 0.95],
    ["@qontext/sync-log-client, createUndiciFetch", 1.8],
  ]);
  const rows = cases.map(({ name }) => {
    const mine = speeds.get(name) ?? [];
    const ratio = median(mine.map((speed, round) => speed / (raw[round] ?? Number.NaN)));
    const goal = goals.get(name);
    const reached = goal === undefined ? "" : verdict(ratio, goal, false);
    return [name, median(mine).toFixed(0), ratio.toFixed(2), reached];
  });
  return toTable(["client", "calls per second", "of raw fetch", "goal"], rows);
}

function undiciRequest(pool: Pool): () => Promise<unknown> {
  return async () => {
    const { body } = await pool.request({ method: "GET", path: "/x" });
    return body.json();
  };
}
