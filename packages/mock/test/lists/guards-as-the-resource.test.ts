import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { expect, test as base } from "vitest";
import type { MockServer } from "../../src/index.ts";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";

const own = "ws_11111111-1111-4111-8111-111111111111";
const foreign = "ws_22222222-2222-4222-8222-222222222222";
const absent = "ws_33333333-3333-4333-8333-333333333333";
const apiKeys = { q_sk_own: [own], q_sk_foreign: [foreign] };
const test = base.extend({ mock: mockServer({ apiKeys, scenarios: [] }) });
const listOf = (workspace: string): string => `/workspaces/${workspace}/sync-logs`;

interface Sent {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is: fetch would mend its path. */
async function send(
  mock: MockServer,
  path: string,
  headers: Record<string, string> = { "X-API-Key": "q_sk_own" },
  method = "GET",
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request(mock.url, { method, path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject).end();
  });
}

const withoutDate = ({ headers: { date: _date, ...headers }, ...sent }: Sent): object => {
  return { ...sent, headers };
};

test("lists a workspace to its keys alone, and tells a foreign one from an absent one in nothing", async ({
  mock,
}) => {
  mock.sync({ workspaceId: foreign });
  mock.sync({ workspaceId: absent });
  expect(await send(mock, listOf(own))).toMatchObject({ status: 200, text: "[]" });
  const [first, ...others] = [
    await send(mock, listOf("ws_44444444-4444-4444-8444-444444444444")),
    await send(mock, listOf(foreign)),
    await send(mock, listOf(absent)),
    await send(mock, listOf(own), { "X-API-Key": "q_sk_foreign" }),
  ].map(withoutDate);
  expect(first).toMatchObject({
    status: 404,
    text: expect.stringContaining("Workspace not found"),
  });
  for (const answer of others) expect(answer).toEqual(first);
  const listed = await send(mock, listOf(foreign), { "X-API-Key": "q_sk_foreign" });
  expect(JSON.parse(listed.text)).toHaveLength(1);
});

test.for([
  ["no key, before a malformed id", listOf("nowhere"), {}, 401, "The API key was not provided"],
  ["an unknown key", listOf(own), { "X-API-Key": "q_sk_none" }, 401, "Unauthorized"],
  ["a malformed id", listOf("nowhere"), undefined, 400, "workspaceId must be a valid workspace id"],
  ["an id that goes on", listOf(`${own}0`), undefined, 400, "workspaceId must be"],
  ["an id in capitals", listOf(foreign.toUpperCase()), undefined, 400, "workspaceId must be"],
  ["a NUL", listOf("%00"), undefined, 400, "workspaceId must be"],
  ["what cannot be decoded", listOf("%zz"), undefined, 400, "workspaceId must be"],
  ["an encoded slash", listOf("..%2F.."), undefined, 400, "workspaceId must be"],
  ["an encoded foreign id", listOf(foreign.replace("ws", "%77s")), undefined, 404, "Workspace not"],
  [
    "a media type that it is not of",
    listOf(own),
    { "X-API-Key": "q_sk_own", Accept: "text/csv" },
    406,
    "Not Acceptable",
  ],
] as const)(
  "refuses %s as the document says",
  async ([, path, headers, status, message], { mock }) => {
    const get = await send(mock, path, headers);
    expect(get.status).toBe(status);
    expect(get.text).toContain(message);
    expect(get.text).not.toContain("sync log");
    expect(judge(status, JSON.parse(get.text), {})).toEqual([]);
    const head = await send(mock, path, headers, "HEAD");
    expect(withoutDate(head)).toEqual({ ...withoutDate(get), text: "" });
  },
);

test("has the headers of the resource, the path decoded, and HEAD as GET without a body", async ({
  mock,
}) => {
  const sync = mock.sync().at("completed");
  const one = await send(mock, sync.path);
  const get = await send(mock, listOf(own));
  expect(Object.keys(get.headers)).toEqual(Object.keys(one.headers));
  expect(get.headers).toMatchObject({
    "cache-control": "no-store",
    "content-type": "application/json",
  });
  expect(get.text).toBe(`[${one.text}]`);
  expect((await send(mock, listOf(own.replace("w", "%77")))).text).toBe(get.text);
  expect(withoutDate(await send(mock, listOf(own), undefined, "HEAD"))).toEqual({
    ...withoutDate(get),
    text: "",
  });
});

test.for(["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])(
  "answers %s with 405 and Allow",
  async (method, { mock }) => {
    const { status, headers, text } = await send(mock, listOf(own), undefined, method);
    expect([status, headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(judge(405, JSON.parse(text), {})).toEqual([]);
  },
);

test("lets a page of any origin ask", async ({ mock }) => {
  const preflight = { Origin: "https://app.example", "Access-Control-Request-Method": "GET" };
  expect(await send(mock, listOf(own), preflight, "OPTIONS")).toMatchObject({
    status: 204,
    headers: { "access-control-allow-methods": "GET, HEAD, OPTIONS" },
  });
  expect(await send(mock, listOf(own), {}, "OPTIONS")).toMatchObject({
    status: 204,
    headers: { allow: "GET, HEAD, OPTIONS" },
  });
  expect((await send(mock, listOf(own))).headers["access-control-allow-origin"]).toBe("*");
});

test("shows an example of the list where Prefer asks for it", async ({ mock }) => {
  const ask = async (prefer: string): Promise<Sent> =>
    send(mock, listOf(own), { "X-API-Key": "q_sk_own", Prefer: prefer });
  expect(JSON.parse((await ask("example=several")).text).length).toBeGreaterThan(1);
  expect((await ask("code=404")).text).toContain("Workspace not found");
});
