import { expect, test as base } from "vitest";
import type { MockServer } from "../../src/index.ts";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";
import type { RawAnswer } from "../send-raw.ts";
import { sendRaw, withoutDate } from "../send-raw.ts";

const own = "ws_11111111-1111-4111-8111-111111111111";
const foreign = "ws_22222222-2222-4222-8222-222222222222";
const absent = "ws_33333333-3333-4333-8333-333333333333";
const apiKeys = { q_sk_own: [own], q_sk_foreign: [foreign] };
const test = base.extend({ mock: mockServer({ apiKeys, scenarios: [] }) });
const listOf = (workspace: string): string => `/workspaces/${workspace}/sync-logs`;

const send = (mock: MockServer, path: string, key = "q_sk_own"): Promise<RawAnswer> =>
  sendRaw(mock, "GET", path, key === "" ? {} : { "X-API-Key": key });

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
    await send(mock, listOf(own), "q_sk_foreign"),
  ].map(withoutDate);
  expect(first).toMatchObject({
    status: 404,
    text: expect.stringContaining("Workspace not found"),
  });
  for (const answer of others) expect(answer).toEqual(first);
  const listed = await send(mock, listOf(foreign), "q_sk_foreign");
  expect(JSON.parse(listed.text)).toHaveLength(1);
});

test.for([
  ["no key, before a malformed id", listOf("nowhere"), "", 401, "The API key was not provided"],
  ["an unknown key", listOf(own), "q_sk_none", 401, "Unauthorized"],
  ["a malformed id", listOf("nowhere"), undefined, 400, "workspaceId must be a valid workspace id"],
  ["an encoded foreign id", listOf(foreign.replace("ws", "%77s")), undefined, 404, "Workspace not"],
] as const)("refuses %s as the document says", async ([, path, key, status, message], { mock }) => {
  const answer = await send(mock, path, key);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(message);
  expect(answer.text).not.toContain("sync log");
  expect(judge(status, JSON.parse(answer.text), {})).toEqual([]);
});

test("has the headers of the resource, and its path decoded", async ({ mock }) => {
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
});
