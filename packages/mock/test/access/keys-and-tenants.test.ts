import { expect, test as base } from "vitest";
import { startMockServer } from "../../src/index.ts";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";

const own = "ws_11111111-1111-4111-8111-111111111111";
const foreign = "ws_22222222-2222-4222-8222-222222222222";
const apiKeys = { q_sk_own: [own], q_sk_foreign: [foreign], q_sk_both: [own, foreign] };
const test = base.extend({ mock: mockServer({ apiKeys, scenarios: [] }) });
const key = (value: string): RequestInit => ({ headers: { "X-API-Key": value } });

test("opens a workspace to its keys alone", async ({ mock }) => {
  const sync = mock.sync().at("completed");
  expect(sync.workspaceId).toBe(own);
  expect((await read(mock, sync.path, key("q_sk_own"))).status).toBe(200);
  expect((await read(mock, sync.path, key("q_sk_both"))).status).toBe(200);
  const answers = [
    await read(mock, sync.path, key("q_sk_foreign")),
    await read(mock, sync.path.replace(own, foreign), key("q_sk_foreign")),
    await read(
      mock,
      `/workspaces/${own}/sync-logs/sync_33333333-3333-4333-8333-333333333333`,
      key("q_sk_own"),
    ),
    await read(
      mock,
      `/workspaces/${foreign}/sync-logs/sync_33333333-3333-4333-8333-333333333333`,
      key("q_sk_own"),
    ),
  ];
  for (const { status, text, headers } of answers) {
    expect(status).toBe(404);
    // Nothing tells a foreign sync log from an absent one.
    expect(text).toBe(answers[0]?.text);
    expect([...headers.keys()].toSorted()).toEqual(
      [...(answers[0]?.headers.keys() ?? [])].toSorted(),
    );
  }
});

test.for([
  ["no key", {}],
  ["an empty key", { "X-API-Key": "" }],
  ["an unknown key", { "X-API-Key": "q_sk_unknown" }],
  ["the beginning of a key", { "X-API-Key": "q_sk_ow" }],
  ["a key in another header", { Authorization: "Bearer q_sk_own" }],
  ["a name that every object has", { "X-API-Key": "constructor" }],
] as const)("answers %s with 401, whatever else is wrong", async ([, headers], { mock }) => {
  const sync = mock.sync();
  for (const path of [sync.path, `${sync.path}?X-API-Key=q_sk_own`, "/workspaces/x/sync-logs/y"]) {
    const response = await fetch(mock.url + path, { headers });
    expect(response.status).toBe(401);
    expect(judge(401, await response.json(), {})).toEqual([]);
  }
});

test("takes every key where none are set up, but no key for none", async () => {
  await using open = await startMockServer();
  const sync = open.sync();
  expect((await read(open, sync.path, key("anything"))).status).toBe(200);
  expect((await fetch(open.url + sync.path)).status).toBe(401);
});
