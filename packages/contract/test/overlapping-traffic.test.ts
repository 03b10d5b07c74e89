import { Buffer } from "node:buffer";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import type { Report } from "../src/index.ts";
import { judgeHar, startProxy } from "../src/index.ts";
import { ids, liveLog, own } from "./mutants/world.ts";
import { startProvider } from "./mutants/start-provider.ts";

interface Recorded {
  readonly startMs: number;
  readonly timeMs: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function pairs(headers: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** Judges recorded reads of the live log. */
async function judge(recorded: readonly Recorded[]): Promise<Report> {
  const entries = recorded.map(({ startMs, timeMs, status = 200, body, headers = {} }) => ({
    startedDateTime: new Date(Date.UTC(2026, 2, 1) + startMs).toISOString(),
    time: timeMs,
    request: {
      method: "GET",
      url: `https://api.qontext.ai/workspaces/${own.workspaceId}/sync-logs/${ids.live}`,
      headers: pairs({ "X-API-Key": own.key, ...headers }),
    },
    response: {
      status,
      headers: pairs(body === undefined ? {} : { "Content-Type": "application/json" }),
      content: body === undefined ? { size: 0 } : { text: JSON.stringify(body) },
    },
  }));
  return judgeHar([{ name: "a.har", text: JSON.stringify({ log: { entries } }) }]);
}

const [earlier, later] = [liveLog(3), liveLog(4)];

test("a reading that began before another one ended is not compared with it", async () => {
  const report = await judge([
    { startMs: 0, timeMs: 500, body: later },
    { startMs: 100, timeMs: 50, body: earlier },
    { startMs: 200, timeMs: 50, body: later },
  ]);
  expect(report.violations).toEqual([]);
});

test("one that began after it is", async () => {
  const report = await judge([
    { startMs: 0, timeMs: 50, body: later },
    { startMs: 100, timeMs: 50, body: earlier },
  ]);
  expect(report.violations.map(({ check }) => check)).toContain("invariant/ingested-never-falls");
});

test.for([
  [304, { "If-None-Match": '"a"' }],
  [412, { "If-Match": '"a"' }],
  [416, { Range: "bytes=9-" }],
] as const)("%i answers the condition that the client has set", async ([status, headers]) => {
  const read = { timeMs: 1, body: later };
  const report = await judge([
    { ...read, startMs: 0 },
    { startMs: 10, timeMs: 1, status, headers },
  ]);
  expect(report.violations).toEqual([]);
});

test("304 to a request without a condition is not documented", async () => {
  const report = await judge([
    { startMs: 0, timeMs: 1, body: later },
    { startMs: 10, timeMs: 1, status: 304 },
  ]);
  expect(report.violations.map(({ check }) => check)).toEqual(["status/undocumented"]);
});

const zstd: unknown = Reflect.get(zlib, "zstdCompressSync");

test.runIf(typeof zstd === "function")("zstd is decoded, and judged", async () => {
  const compress = zstd as (bytes: Buffer) => Buffer;
  const provider = await startProvider({
    reply: (reply) => ({
      ...reply,
      headers: { ...reply.headers, "content-encoding": "zstd", vary: "Accept-Encoding" },
      body: compress(Buffer.from(JSON.stringify({ ...Object(reply.body), status: "odd" }))),
    }),
  });
  const proxy = await startProxy({ upstream: provider.url });
  const headers = { "X-API-Key": own.key, "Accept-Encoding": "zstd" };
  await fetch(`${proxy.url}/workspaces/${own.workspaceId}/sync-logs/${ids.completed}`, { headers });
  const report = await proxy.close();
  await provider.close();
  expect(report.violations.map(({ check }) => check)).toContain("schema/enum");
});
