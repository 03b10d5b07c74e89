import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import {
  createWebhookSender,
  signWebhook,
  verifyWebhook,
  type WatchOutcome,
  WebhookVerificationError,
} from "../../src/index.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

const secret = "0123456789abcdef0123456789abcdef";

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
    const keys = receiver.received.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys)).toEqual(new Set([outcomes[0]?.idempotencyKey]));
    const failed = events.filter((event) => event.type === "delivery_failed");
    expect(failed.map(({ error }) => String(error))).toEqual([
      expect.stringMatching(/status 500/u),
      expect.stringMatching(/status 302/u),
    ]);
  });

  test("have the headers that the README lists, and no others", async () => {
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
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = /^## Webhooks\n([^#]*?)```/mu.exec(readme) ?? [];
    const listed = [...section.matchAll(/`([a-z]+(?:-[a-z]+)+)`/gu)].map(([, name = ""]) => name);
    expect(sent[0]?.toSorted()).toEqual(["content-type", ...listed].toSorted());
  });

  test("are refused without https, but for this machine, and with a short secret", () => {
    expect(() => createWebhookSender({ url: "http://example.com/", secret })).toThrow(/https/u);
    expect(() => createWebhookSender({ url: "nonsense", secret })).toThrow(/https/u);
    const url = "https://example.com/";
    expect(() => createWebhookSender({ url, secret: "short" })).toThrow(/at least 16/u);
  });
});

describe("verifyWebhook", () => {
  const body = JSON.stringify({ idempotencyKey: "k" } satisfies Partial<WatchOutcome>);
  const nowMs = 1_800_000_000_000;
  const timestamp = "1800000000";
  const headers = {
    "X-Sync-Log-Timestamp": timestamp,
    "x-sync-log-signature": signWebhook(secret, timestamp, body),
  };

  test("accepts what the documented recipe signs", () => {
    const hmac = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
    const signature = `v1=${hmac}`;
    const own = new Headers({
      "x-sync-log-timestamp": timestamp,
      "x-sync-log-signature": signature,
    });
    expect(verifyWebhook({ secret, headers: own, body, nowMs })).toEqual({ idempotencyKey: "k" });
  });

  test("accepts the old and the new secret while they change", () => {
    const secrets = ["another-secret-of-length", secret];
    expect(verifyWebhook({ secret: secrets, headers, body: Buffer.from(body), nowMs })).toEqual({
      idempotencyKey: "k",
    });
  });

  test("accepts machines whose clocks disagree by five minutes", () => {
    for (const skewMs of [300_000, -300_000]) {
      expect(verifyWebhook({ secret, headers, body, nowMs: nowMs + skewMs })).toBeTruthy();
    }
  });

  test.each([
    ["another body", { body: `${body} ` }],
    ["another secret", { secret: "another-secret-of-length" }],
    ["another timestamp", { headers: { ...headers, "X-Sync-Log-Timestamp": "1800000001" } }],
    ["no signature", { headers: { "x-sync-log-timestamp": timestamp } }],
    ["no timestamp", { headers: { "x-sync-log-signature": headers["x-sync-log-signature"] } }],
    ["a replay an hour later", { nowMs: nowMs + 3_600_000 }],
  ])("refuses %s", (_what, change) => {
    expect(() => verifyWebhook({ secret, headers, body, nowMs, ...change })).toThrow(
      WebhookVerificationError,
    );
  });
});
