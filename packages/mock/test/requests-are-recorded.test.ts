import { expect, test } from "vitest";
import { startMockServer } from "../src/index.ts";

const key = "q_sk_secret-value";
const workspace = "ws_11111111-1111-4111-8111-111111111111";

test("records what was asked, without any key, wherever it stands", async () => {
  await using mock = await startMockServer({ apiKeys: { [key]: [workspace] }, scenarios: [] });
  const sync = mock.sync().at("completed");
  const headers = {
    "X-API-Key": key,
    Authorization: "Bearer other-secret",
    Cookie: "session=other-secret",
    "X-Copy": `again ${key}`,
    "X-Client": "test/1",
  };
  await fetch(`${mock.url}${sync.path}?api_key=other-secret&note=${key}&x=1`, { headers });
  await fetch(`${mock.url}/${key}/${encodeURIComponent(key)}`, {
    headers: { "X-API-Key": "q_sk_unknown" },
  });
  await fetch(`${mock.url}/workspaces/${key}/sync-logs/${key}`, { headers });
  sync.fault({ kind: "status", status: 503 });
  await fetch(mock.url + sync.path, { headers });
  const [first, second, third, fourth] = mock.requests;
  expect(first).toMatchObject({
    number: 1,
    method: "GET",
    status: 200,
    path: { workspaceId: workspace, id: sync.id },
    target: `${sync.path}?api_key=[redacted]&note=[redacted]&x=1`,
  });
  expect(first?.headers).toMatchObject({ "x-api-key": "[redacted]", "x-client": "test/1" });
  expect(second).toMatchObject({ number: 2, status: 404, target: "/[redacted]/[redacted]" });
  expect(third).toMatchObject({
    status: 400,
    path: { workspaceId: "[redacted]", id: "[redacted]" },
  });
  expect(fourth).toMatchObject({ status: 503, fault: "status" });
  const everything = JSON.stringify(mock.requests);
  for (const secret of [key, "other-secret", "q_sk_unknown"])
    expect(everything).not.toContain(secret);
});

const odd = 'q_sk_odd+/"key"=';
const forms = [
  odd,
  encodeURIComponent(odd).toLowerCase(),
  JSON.stringify(JSON.stringify(odd)).slice(3, -3),
  odd.toUpperCase(),
  Buffer.from(odd).toString("base64"),
  Buffer.from(`user:${odd}`).toString("base64"),
  Buffer.from(odd).toString("hex"),
  odd.replaceAll('"', "&quot;"),
];

test.each([
  ["known", { apiKeys: { [odd]: [workspace] } }],
  ["presented", {}],
])(
  "records no form of a key that is %s, in whatever header or path it stands",
  async (_, options) => {
    await using mock = await startMockServer(options);
    const headers = {
      "X-API-Key": odd,
      ...Object.fromEntries(forms.map((form, index) => [`X-Copy-${index}`, `a ${form} b`])),
    };
    await fetch(`${mock.url}/${forms.map(encodeURIComponent).join("/")}?a=${forms[1]}`, {
      headers,
    });
    const [recorded] = mock.requests;
    const everything = `${decodeURIComponent(recorded?.target ?? "")} ${JSON.stringify(recorded)}`;
    expect(forms.filter((form) => everything.includes(form))).toEqual([]);
    expect(recorded?.headers["x-copy-0"]).toBe("a [redacted] b");
  },
);

test("records no secret that stands in the wrong header only, nor one that another header has", async () => {
  await using mock = await startMockServer();
  const headers = {
    "X-Custom": "q_sk_never-sent-elsewhere",
    "X-Forwarded-Query": "a=1&k=acme_sk_live_12345678",
    "X-Original": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    Authorization: "Bearer plain-words-of-mine12",
    "X-Copy": Buffer.from("plain-words-of-mine12").toString("base64"),
    "X-Task": "task-12345678",
  };
  await fetch(`${mock.url}/q_sk_in-the-path`, { headers });
  const [recorded] = mock.requests;
  expect(recorded?.target).toBe("/[redacted]");
  expect(recorded?.headers).toMatchObject({
    "x-custom": "[redacted]",
    "x-forwarded-query": "a=1&k=[redacted]",
    "x-original": "[redacted]",
    "x-copy": "[redacted]",
    "x-task": "task-12345678",
  });
});

test("keeps the last requests alone", async () => {
  await using mock = await startMockServer({ maxRequests: 3 });
  for (let index = 0; index < 8; index++) await mock.fetch(`/nowhere/${index}`);
  expect(mock.requests.map(({ target }) => target)).toEqual([
    "/nowhere/5",
    "/nowhere/6",
    "/nowhere/7",
  ]);
  mock.reset();
  expect(mock.requests).toEqual([]);
});
