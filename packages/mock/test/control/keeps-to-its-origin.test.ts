import { request } from "node:http";
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
