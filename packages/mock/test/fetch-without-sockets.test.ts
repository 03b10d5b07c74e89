import { expect, test } from "vitest";
import { createMock, startMockServer } from "../src/index.ts";
import type { Fault, Mock } from "../src/index.ts";

const headers = { "X-API-Key": "q_sk_test" };

test("answers by fetch as over a socket", async () => {
  await using mock = await startMockServer({ scenarios: [] });
  const { path } = mock.sync().at("ingesting");
  for (const [target, init] of [
    [path, { headers }],
    [path, { headers, method: "HEAD" }],
    [path, {}],
    [path, { headers, method: "POST", body: "{}" }],
    ["/nowhere", { headers }],
  ] as const) {
    const wired = await fetch(mock.url + target, init);
    const direct = await mock.fetch(target, init);
    expect(direct.status).toBe(wired.status);
    expect(await direct.text()).toBe(await wired.text());
    const {
      date: _,
      connection: __,
      "keep-alive": ___,
      ...wiredHeaders
    } = Object.fromEntries(wired.headers);
    expect(Object.fromEntries(direct.headers)).toEqual(wiredHeaders);
  }
  expect(
    (await mock.fetch(new Request(new URL(path, "https://api.qontext.ai"), { headers }))).status,
  ).toBe(200);
});

async function mockWith(fault: Fault): Promise<{ mock: Mock; path: string }> {
  const mock = await createMock({ scenarios: [] });
  const sync = mock.sync().at("ingesting");
  sync.fault(fault);
  return { mock, path: sync.path };
}

test.each([
  ["reset before the answer", { kind: "reset", at: "header" }, "fetch failed"],
  [
    "redirect that would be followed",
    { kind: "redirect", location: "http://other.invalid/" },
    "redirect",
  ],
] as const)("rejects as fetch does: %s", async (_, fault, message) => {
  const { mock, path } = await mockWith(fault);
  await expect(mock.fetch(path, { headers })).rejects.toThrow(message);
});

test.each([
  ["reset", { kind: "reset", at: "body" }],
  ["truncated connection", { kind: "truncate", at: "wire" }],
  ["bad gzip", { kind: "bad-gzip" }],
] as const)("fails while the body is read: %s", async (_, fault) => {
  const { mock, path } = await mockWith(fault);
  const response = await mock.fetch(path, { headers });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow("terminated");
});

test("returns a redirect if it is to be handled manually", async () => {
  const { mock, path } = await mockWith({ kind: "redirect", location: "http://other.invalid/" });
  const response = await mock.fetch(path, { headers, redirect: "manual" });
  expect(response.status).toBe(302);
});

test.each(["header", "body"] as const)("stalls at the %s until the caller gives up", async (at) => {
  const { mock, path } = await mockWith({ kind: "stall", at });
  const giveUp = new AbortController();
  const reading = mock
    .fetch(path, { headers, signal: giveUp.signal })
    .then((response) => response.text());
  await new Promise((resolve) => setImmediate(resolve));
  giveUp.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
});

test("gives up a delay at once", async () => {
  const { mock, path } = await mockWith({ kind: "latency", delayMs: 60_000 });
  const giveUp = new AbortController();
  const reading = mock.fetch(path, { headers, signal: giveUp.signal });
  await new Promise((resolve) => setImmediate(resolve));
  giveUp.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
});
