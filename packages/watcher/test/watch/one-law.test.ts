import { readFileSync } from "node:fs";
import {
  createSyncLogClient,
  isSyncLogError,
  type SyncLogClient,
  type WaitOptions,
} from "@qontext/sync-log-client";
import { validateSyncLog } from "@qontext/sync-log-schema/validators";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSyncLogWatcher } from "../../src/index.ts";
import { target } from "../support/targets.ts";

type Step =
  | number
  | "ingesting"
  | "completed"
  | "invalid"
  | "other"
  | "large"
  | "html"
  | "cut"
  | "lost";

/** What the server answers at a moment, in milliseconds since the wait began. */
type Script = (nowMs: number, request: number) => Step | readonly [Step, string];

interface Case {
  readonly name: string;
  readonly script: Script;
  readonly options?: Pick<
    WaitOptions,
    "notFoundGraceMs" | "maxFailingMs" | "maxRetryAfterMs" | "maxWaitMs"
  >;
  /** The client's: a terminal status or the code of an error. */
  readonly client: string;
  /** The watcher's: an outcome, or "paused". */
  readonly watcher: string;
  /** When the last poll was sent, in milliseconds, at least and at most. */
  readonly lastPollAtMs: readonly [number, number];
}

const once = (step: Step | readonly [Step, string]): Script => {
  return (_, request) => (request === 1 ? step : "completed");
};
const goesOn = { client: "completed", watcher: "completed", lastPollAtMs: [1000, 2000] } as const;
const ends = (client: string, watcher: string): Omit<Case, "name" | "script"> => ({
  client,
  watcher,
  lastPollAtMs: [0, 0],
});
const minuteMs = 60_000;

const cases: readonly Case[] = [
  { name: "408", script: once(408), ...goesOn },
  { name: "425", script: once(425), ...goesOn },
  { name: "429", script: once(429), ...goesOn },
  { name: "500", script: once(500), ...goesOn },
  { name: "502", script: once(502), ...goesOn },
  { name: "503", script: once(503), ...goesOn },
  { name: "504", script: once(504), ...goesOn },
  { name: "a lost connection", script: once("lost"), ...goesOn },
  { name: "a cut body", script: once("cut"), ...goesOn },
  { name: "a malformed body", script: once("html"), ...goesOn },
  { name: "the body of another sync log", script: once("other"), ...goesOn },
  { name: "400", script: once(400), ...ends("bad_request", "refused") },
  { name: "401", script: once(401), ...ends("authentication_failed", "paused") },
  { name: "403", script: once(403), ...ends("permission_denied", "refused") },
  { name: "404", script: once(404), ...ends("not_found", "not_found") },
  { name: "410", script: once(410), ...ends("api_error", "refused") },
  { name: "501", script: once(501), ...ends("server_error", "refused") },
  { name: "505", script: once(505), ...ends("server_error", "refused") },
  { name: "a redirect", script: once(302), ...ends("redirect_refused", "refused") },
  { name: "too large a body", script: once("large"), ...ends("response_format", "refused") },
  {
    name: "a body that breaks the schema",
    script: once("invalid"),
    ...ends("response_invalid", "refused"),
  },
  {
    name: "a 404 within its grace",
    script: once(404),
    options: { notFoundGraceMs: 10_000 },
    ...goesOn,
  },
  {
    name: "a first 404 after the grace, which counts from the start",
    script: (nowMs) => (nowMs < 12_000 ? 503 : 404),
    options: { notFoundGraceMs: 10_000 },
    client: "not_found",
    watcher: "not_found",
    lastPollAtMs: [12_000, 25_000],
  },
  {
    name: "a 404 after a 200, within the grace",
    script: (_, request) => (request === 1 ? "ingesting" : 404),
    options: { notFoundGraceMs: 10_000 },
    client: "not_found",
    watcher: "not_found",
    lastPollAtMs: [1000, 2000],
  },
  {
    name: "a Retry-After on a 200",
    script: once(["ingesting", "100"]),
    ...goesOn,
    lastPollAtMs: [100_000, 115_000],
  },
  {
    name: "a Retry-After on a 503",
    script: once([503, "100"]),
    ...goesOn,
    lastPollAtMs: [100_000, 115_000],
  },
  {
    name: "a Retry-After on a 404 within its grace",
    script: once([404, "100"]),
    options: { notFoundGraceMs: 10_000 },
    ...goesOn,
    lastPollAtMs: [100_000, 115_000],
  },
  {
    name: "a Retry-After on a malformed body",
    script: once(["html", "100"]),
    ...goesOn,
    lastPollAtMs: [100_000, 115_000],
  },
  {
    name: "a Retry-After on a cut body",
    script: once(["cut", "100"]),
    ...goesOn,
    lastPollAtMs: [100_000, 115_000],
  },
  {
    name: "a Retry-After of a day, cut to an hour",
    script: once([429, "86000"]),
    ...goesOn,
    lastPollAtMs: [60 * minuteMs, 69 * minuteMs],
  },
  {
    name: "a Retry-After of a day, cut to a minute",
    script: once(["ingesting", "86000"]),
    options: { maxRetryAfterMs: minuteMs },
    ...goesOn,
    lastPollAtMs: [minuteMs, 1.15 * minuteMs],
  },
  {
    name: "a Retry-After beyond the deadline",
    script: once([503, "100"]),
    options: { maxWaitMs: 50_000 },
    ...ends("wait_timeout", "timed_out"),
  },
  {
    name: "a server that is away for less than it may",
    script: (nowMs) => (nowMs < 4 * minuteMs ? 503 : "completed"),
    options: { maxFailingMs: 5 * minuteMs },
    ...goesOn,
    lastPollAtMs: [4 * minuteMs, 4.5 * minuteMs],
  },
  {
    name: "a server that is away for longer than it may",
    script: () => 503,
    options: { maxFailingMs: 5 * minuteMs },
    client: "server_error",
    watcher: "timed_out",
    lastPollAtMs: [5 * minuteMs, 5.5 * minuteMs],
  },
  {
    name: "a server that is away again and again",
    script: (nowMs) =>
      nowMs > 60 * minuteMs
        ? "completed"
        : nowMs % (6 * minuteMs) < 4 * minuteMs
          ? 503
          : "ingesting",
    options: { maxFailingMs: 5 * minuteMs },
    ...goesOn,
    lastPollAtMs: [60 * minuteMs, 60.5 * minuteMs],
  },
];

const ingesting: object = JSON.parse(
  readFileSync(new URL("../../../../specs/examples/ingesting.json", import.meta.url), "utf8"),
);

const bodyOf = (status: string): object => ({ ...ingesting, ...target(1), status });

function respond(step: Step, headers: Record<string, string>): Response {
  if (typeof step === "number") return new Response(null, { status: step, headers });
  if (step === "lost") throw new TypeError("fetch failed");
  if (step === "cut") return new Response(cutBody(), { headers });
  if (step === "html") return new Response("<html>", { headers });
  if (step === "large") return new Response("x".repeat(20_000), { headers });
  if (step === "invalid")
    return Response.json({ ...bodyOf("ingesting"), createdAt: 5 }, { headers });
  if (step === "other") return Response.json(ingesting, { headers });
  return Response.json(bodyOf(step), { headers });
}

function cutBody(): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
}

interface Shell {
  readonly client: SyncLogClient;
  readonly polledAtMs: number[];
}

function scripted(script: Script): Shell {
  const polledAtMs: number[] = [];
  const startedAtMs = performance.now();
  const client = createSyncLogClient({
    apiKey: "q_sk_one-law-7d1",
    baseUrl: "http://localhost",
    validate: validateSyncLog,
    maxResponseBytes: 10_000,
    random: () => 0.5,
    fetch: async () => {
      const nowMs = performance.now() - startedAtMs;
      polledAtMs.push(nowMs);
      const answer = script(nowMs, polledAtMs.length);
      if (typeof answer !== "object") return respond(answer, {});
      return respond(answer[0], { "retry-after": answer[1] });
    },
  });
  return { client, polledAtMs };
}

const realSetImmediate = setImmediate;

/** Moves time on from timer to timer until there is an end. */
async function until(isOver: () => boolean): Promise<void> {
  for (let timers = 0; timers < 5000; timers++) {
    await new Promise((resolve) => {
      realSetImmediate(() => realSetImmediate(resolve));
    });
    if (isOver()) return;
    await vi.advanceTimersToNextTimerAsync();
  }
  throw new Error("There is no end.");
}

async function clientsEnd({ script, options }: Case): Promise<[string, number[]]> {
  const { client, polledAtMs } = scripted(script);
  let end: string | undefined;
  client.waitForSyncLog(target(1), options).then(
    ({ status }) => (end = status),
    (error: unknown) => (end = isSyncLogError(error) ? error.code : String(error)),
  );
  await until(() => end !== undefined);
  return [String(end), polledAtMs];
}

async function watchersEnd({ script, options = {} }: Case): Promise<[string, number[]]> {
  const { client, polledAtMs } = scripted(script);
  let end: string | undefined;
  const { maxWaitMs, ...rules } = options;
  const watcher = createSyncLogWatcher({
    client,
    ...rules,
    random: () => 0.5,
    onOutcome: ({ endedAs }) => (end = endedAs),
    onEvent: ({ type }) => {
      if (type === "paused") end = type;
    },
  });
  await watcher.watch(target(1), { maxWaitMs });
  await until(() => end !== undefined);
  await watcher.close({ graceMs: 0 });
  return [String(end), polledAtMs];
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each(cases)("a wait and a watch meet $name alike", async (one) => {
  const [clientEnd, clientPolls] = await clientsEnd(one);
  const [watcherEnd, watcherPolls] = await watchersEnd(one);
  expect([clientEnd, watcherEnd]).toEqual([one.client, one.watcher]);
  const [leastMs, mostMs] = one.lastPollAtMs;
  expect(clientPolls.at(-1)).toBeGreaterThanOrEqual(leastMs);
  expect(clientPolls.at(-1)).toBeLessThanOrEqual(mostMs);
  // The watcher's moments are whole milliseconds.
  expect(watcherPolls).toHaveLength(clientPolls.length);
  for (const [index, atMs] of watcherPolls.entries()) {
    expect(Math.abs(atMs - Number(clientPolls[index])) / Math.max(atMs, 1000)).toBeLessThan(0.005);
  }
});

test.each([
  ["is empty", ""],
  ["is a path", ".."],
  ["is too long", "x".repeat(257)],
  ["has a control character", "a\u0085b"],
  ["has half a character", "sync_\uD800"],
])("a wait and a watch refuse an id that %s", async (_, id) => {
  const { client, polledAtMs } = scripted(() => "completed");
  const wait = client.waitForSyncLog({ ...target(1), id });
  await expect(wait).rejects.toMatchObject({ code: "invalid_parameter" });
  const watcher = createSyncLogWatcher({ client, onOutcome: () => undefined });
  const watch = watcher.watch({ ...target(1), id });
  await expect(watch).rejects.toMatchObject({ code: "watch_request" });
  await watcher.close({ graceMs: 0 });
  expect(polledAtMs).toEqual([]);
});
