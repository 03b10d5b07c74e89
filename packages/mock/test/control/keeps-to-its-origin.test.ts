import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";

async function statusOf(
  url: string,
  headers: Record<string, string>,
  method = "POST",
): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

async function bodyOf(url: URL, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(text(response)))
      .on("error", reject)
      .end();
  });
}

test("does nothing for a page of another origin, nor under a name that leads here", async () => {
  await using mock = await startMockServer();
  const reset = `${mock.url}/_mock/api/reset`;
  const { host, port } = new URL(mock.url);
  expect(await statusOf(reset, {})).toBe(204);
  expect(await statusOf(reset, { Origin: mock.url })).toBe(204);
  expect(
    await statusOf(reset, { Host: `localhost:${port}`, Origin: `http://localhost:${port}` }),
  ).toBe(204);
  expect(await statusOf(reset, { Origin: "https://evil.example" })).toBe(403);
  expect(await statusOf(reset, { Origin: "null" })).toBe(403);
  expect(
    await statusOf(reset, { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` }),
  ).toBe(403);
  expect(await statusOf(`${mock.url}/_mock/`, { Host: "evil.example" }, "GET")).toBe(403);
  expect(host).toContain("127.0.0.1");
});

test("says how to allow a name, and answers under it then", async () => {
  await using mock = await startMockServer();
  const info = new URL("/_mock/api/info", mock.url);
  expect(await bodyOf(info, { Host: "mock:4410" })).toContain("--allow-host mock,");
  await using allowing = await startMockServer({ allowedHosts: ["Mock"] });
  const reset = `${allowing.url}/_mock/api/reset`;
  expect(await statusOf(reset, { Host: "mock:4410", Origin: "http://mock:4410" })).toBe(204);
  expect(await statusOf(reset, { Host: "mock:4410", Origin: "https://evil.example" })).toBe(403);
  expect(await statusOf(reset, { Host: "other:4410" })).toBe(403);
});

test("tells tools that wait that it is ready, under any name", async () => {
  await using mock = await startMockServer();
  const health = `${mock.url}/_mock/health`;
  expect(await statusOf(health, {}, "HEAD")).toBe(200);
  expect(await statusOf(health, { Host: "mock:4410" }, "GET")).toBe(200);
  expect(await statusOf(health, {}, "POST")).toBe(405);
  const info = await fetch(`${mock.url}/_mock/api/info`, { method: "HEAD" });
  expect([info.status, await info.text()]).toEqual([200, ""]);
});

test("does not count as a request, and is not hit by faults", async () => {
  await using mock = await startMockServer();
  mock.fault({ kind: "status", status: 503 });
  expect((await fetch(`${mock.url}/_mock/api/info`)).status).toBe(200);
  expect(mock.requests).toEqual([]);
});

test("serves a page that may load nothing from elsewhere", async () => {
  await using mock = await startMockServer();
  const response = await fetch(`${mock.url}/_mock`);
  expect(response.url).toBe(`${mock.url}/_mock/`);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await response.text();
  expect(html).not.toContain("%PAGE_KEY%");
  expect(html).not.toMatch(/(?:src|href)="https?:/);
});
