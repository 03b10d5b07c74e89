import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import {
  createWebhookSender,
  signWebhook,
  verifyWebhook,
  WebhookVerificationError,
} from "../../src/index.ts";
import { newWatchState } from "../../src/watch/new-watch.ts";
import { unfinishedOutcome } from "../../src/watch/watch-outcome.ts";
import { createWatchWork } from "../../src/watch-work.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
const secret = secretOf(1);

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function startReceiver(statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const status = statuses.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    received,
    url: `http://127.0.0.1:${portOf(server)}/hook`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("outcomes as webhooks", () => {
  test("are signed, repeated until they are taken, and verified by their receiver", async () => {
    await using api = await startSyncLogApi();
    await using receiver = await startReceiver([500, 302]);
    api.endAll = true;
    const onOutcome = createWebhookSender({ url: receiver.url, secret });
    await using collected = collectOutcomes(api, { onOutcome });
    const { watcher, events } = collected;
    await watcher.watch(target(1), { metadata: "ümlaut" });
    await until("it is delivered", async () => (await watcher.overview()).counts.delivered === 1);

    const outcomes = receiver.received.map((one) => verifyWebhook({ secret, ...one }));
    expect(outcomes).toHaveLength(3);
    expect(outcomes[2]).toMatchObject({ ...target(1), endedAs: "completed", metadata: "ümlaut" });
    // By the convention's own library, too.
    const [first] = receiver.received;
    const library = new Webhook(secret);
    const sentHeaders = Object.fromEntries(
      Object.entries(first?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(library.verify(first?.body ?? "", sentHeaders)).toEqual(outcomes[0]);
    const keys = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(keys)).toEqual(new Set([outcomes[0]?.idempotencyKey]));
    const failed = events.filter((event) => event.type === "delivery_failed");
    expect(failed.map(({ error }) => String(error))).toEqual([
      expect.stringMatching(/status 500/u),
      expect.stringMatching(/status 302/u),
    ]);
  });

  test("have the headers that the guide lists, and no others", async () => {
    const sent: string[][] = [];
    const onOutcome = createWebhookSender({
      url: "https://example.com/",
      secret,
      fetch: (_url, init) => {
        sent.push([...new Headers(init?.headers).keys()]);
        return Promise.resolve(new Response());
      },
    });
    await using api = await startSyncLogApi();
    api.endAll = true;
    await using collected = collectOutcomes(api, { onOutcome });
    await collected.watcher.watch(target(1));
    await until("it is sent", () => sent.length > 0);
    const guide = readFileSync(
      new URL("../../../../docs/guides/in-production.md", import.meta.url),
      "utf8",
    );
    const [, section = ""] = /^## Webhooks\n([^#]*?)```/mu.exec(guide) ?? [];
    const listed = [...section.matchAll(/`([a-z]+(?:-[a-z]+)+)`/gu)].map(([, name = ""]) => name);
    expect(sent[0]?.toSorted()).toEqual(["content-type", ...listed].toSorted());
  });

  test("are refused without https, but for this machine, with a password in the URL, and without a secret of the convention", () => {
    expect(() => createWebhookSender({ url: "http://example.com/", secret })).toThrow(/https/u);
    expect(() => createWebhookSender({ url: "nonsense", secret })).toThrow(/https/u);
    const url = "https://example.com/";
    const withUser = "https://user:password@example.com/";
    expect(() => createWebhookSender({ url: withUser, secret })).toThrow(/no password/u);
    for (const bad of ["0123456789abcdef0123456789abcdef", "whsec_c2hvcnQ=", "whsec_!", ""]) {
      expect(() => createWebhookSender({ url, secret: bad })).toThrow(/24 to 64 bytes/u);
    }
    expect(() => createWebhookSender({ url, secret: [] })).toThrow(/24 to 64 bytes/u);
  });
});

describe("what the receiver says of the next attempt", () => {
  const outcome = unfinishedOutcome(
    newWatchState({ ...target(1), maxWaitMs: 1 }, 0),
    "timed_out",
    1,
  );
  const deliver = (init: ResponseInit, attempt = 1) => {
    const fetch = () => Promise.resolve(new Response(null, init));
    const work = createWatchWork({
      client: { getSyncLog: () => Promise.reject(new Error("not polled")) },
      onOutcome: createWebhookSender({ url: "https://example.com/", secret, fetch }),
      random: () => 0,
    });
    const { maxAttempts } = work;
    return work.deliver({ outcome, attempt, maxAttempts }, () => 0, new AbortController().signal);
  };

  test("is heeded: Retry-After, and 410", async () => {
    const busy = { status: 503, headers: { "retry-after": "7200" } };
    expect(await deliver(busy)).toMatchObject({ retryDelayMs: 7_200_000, parked: false });
    expect(await deliver({ status: 410 })).toMatchObject({ retryDelayMs: null, parked: true });
  });

  test("or without a word of it, the outcome is delivered for about a day", async () => {
    let totalMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const event = await deliver({ status: 500 }, attempt);
      if (event.type !== "delivery_failed" || event.retryDelayMs === null) break;
      totalMs += event.retryDelayMs;
    }
    expect(totalMs / 3_600_000).toBeGreaterThan(24);
    expect(totalMs / 3_600_000).toBeLessThan(30);
  });
});

describe("verifyWebhook", () => {
  const outcome = unfinishedOutcome(
    newWatchState({ ...target(1), maxWaitMs: 1 }, 0),
    "timed_out",
    1,
  );
  const body = JSON.stringify(outcome);
  const nowMs = 1_800_000_000_000;
  const timestamp = "1800000000";
  const id = outcome.idempotencyKey;
  const headersOf = (text: string, by: string | string[] = secret) => ({
    "webhook-id": id,
    "Webhook-Timestamp": timestamp,
    "webhook-signature": signWebhook(by, { id, timestamp, body: text }),
  });
  const headers = headersOf(body);

  test("accepts the old and the new secret while they change, on either side", () => {
    const both = [secretOf(2), secret];
    expect(verifyWebhook({ secret: both, headers, body: Buffer.from(body), nowMs })).toEqual(
      outcome,
    );
    expect(verifyWebhook({ secret, headers: headersOf(body, both), body, nowMs })).toEqual(outcome);
  });

  test.each([Number.NaN, -1])("refuses %s as a tolerance", (toleranceMs) => {
    expect(() => verifyWebhook({ secret, headers, body, nowMs, toleranceMs })).toThrow(
      /toleranceMs/u,
    );
  });

  test.each(["null", "7", "[]", '{"id":"sync_1"}', "{"])("refuses a signed %s", (text) => {
    const signed = { secret, headers: headersOf(text), body: text, nowMs };
    expect(() => verifyWebhook(signed)).toThrow(/no outcome/u);
  });

  test("accepts machines whose clocks disagree by five minutes", () => {
    for (const skewMs of [300_000, -300_000]) {
      expect(verifyWebhook({ secret, headers, body, nowMs: nowMs + skewMs })).toBeTruthy();
    }
  });

  test.each([
    ["another body", { body: `${body} ` }],
    ["another secret", { secret: secretOf(2) }],
    ["another timestamp", { headers: { ...headers, "Webhook-Timestamp": "1800000001" } }],
    ["another id", { headers: { ...headers, "webhook-id": "another" } }],
    ["no signature", { headers: { ...headers, "webhook-signature": "" } }],
    ["no timestamp", { headers: { ...headers, "Webhook-Timestamp": "" } }],
    ["a replay an hour later", { nowMs: nowMs + 3_600_000 }],
  ])("refuses %s", (_what, change) => {
    expect(() => verifyWebhook({ secret, headers, body, nowMs, ...change })).toThrow(
      WebhookVerificationError,
    );
  });
});
