import { expect, test as base } from "vitest";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";
import { sendRaw, withoutDate } from "../send-raw.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });

const workspace = "/workspaces/ws_123e4567-e89b-12d3-a456-426614174000/sync-logs";
const valid = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";

test.for([
  `${workspace}/42`,
  `${workspace}/${valid}0`,
  `${workspace}/${valid.toUpperCase()}`,
  `${workspace}/%00`,
  `${workspace}/%zz`,
  `${workspace}/..%2F..`,
  `${workspace}/<script>`,
  `/workspaces/nowhere/sync-logs/${valid}`,
  "/workspaces/nowhere/sync-logs",
  workspace.replace("/sync-logs", "0/sync-logs"),
  workspace.replace("ws_123e", "WS_123E"),
  "/workspaces/%00/sync-logs",
  "/workspaces/%zz/sync-logs",
  "/workspaces/..%2F../sync-logs",
])("answers a malformed id with 400: %s", async (path, { mock }) => {
  const { status, text } = await sendRaw(mock, "GET", path);
  expect(status).toBe(400);
  expect(judge(400, JSON.parse(text), {})).toEqual([]);
  expect(text).not.toContain("script");
});

test.for([
  "/",
  "/nowhere",
  "/workspaces",
  `${workspace}/`,
  `${workspace}/${valid}/`,
  `//${workspace}/${valid}`,
  "*",
])("answers a path that the document does not have with 404: %s", async (path, { mock }) => {
  const { status, text, headers } = await sendRaw(mock, "GET", path);
  expect(status).toBe(404);
  expect(headers["content-type"]).toBe("application/json");
  expect(judge(404, JSON.parse(text), {})).toEqual([]);
  expect(text).not.toMatch(/sync log|workspace/iu);
});

test.for(["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])(
  "answers %s with 405 and Allow",
  async (method, { mock }) => {
    for (const path of [mock.sync().path, workspace]) {
      const { status, headers, text } = await sendRaw(mock, method, path);
      expect(status).toBe(405);
      expect(headers.allow).toBe("GET, HEAD, OPTIONS");
      expect(headers["content-type"]).toBe("application/json");
      expect(judge(405, JSON.parse(text), {})).toEqual([]);
    }
  },
);

test("answers HEAD as GET, without a body", async ({ mock }) => {
  for (const path of [
    mock.sync().at("ingesting").path,
    `${workspace}/${valid}`,
    `${workspace}/42`,
    workspace,
    "/workspaces/nowhere/sync-logs",
  ]) {
    const get = await sendRaw(mock, "GET", path);
    const head = await sendRaw(mock, "HEAD", path);
    expect(withoutDate(head)).toEqual({ ...withoutDate(get), text: "" });
    expect(head.headers["content-length"]).toBe(String(get.text.length));
  }
});

test("serves a target that is a whole URL, and looks at its host", async ({ mock }) => {
  const sync = mock.sync().at("completed");
  const { status } = await sendRaw(mock, "GET", `http://api.example:80${sync.path}?x=1`);
  expect(status).toBe(200);
  expect((await sendRaw(mock, "GET", "http://api.example")).status).toBe(404);
  expect((await sendRaw(mock, "GET", `${mock.url}/_mock/api/info`)).status).toBe(200);
  expect((await sendRaw(mock, "GET", "http://evil.example/_mock/api/info")).status).toBe(403);
});

test("lets a page of any origin ask, without credentials", async ({ mock }) => {
  for (const path of [mock.sync().path, workspace]) {
    const plain = await sendRaw(mock, "OPTIONS", path, {});
    expect([plain.status, plain.headers.allow]).toEqual([204, "GET, HEAD, OPTIONS"]);
    const preflight = await sendRaw(mock, "OPTIONS", path, {
      Origin: "https://app.example",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "x-api-key",
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": "x-api-key",
    });
    for (const status of [200, 401]) {
      const headers = status === 200 ? { "X-API-Key": "q_sk_test" } : {};
      const origin = { ...headers, Origin: "https://app.example" };
      const answer = await sendRaw(mock, "GET", path, origin);
      expect(answer.status).toBe(status);
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
      expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    }
  }
});

test("answers what cannot be negotiated with the document's own error", async ({ mock }) => {
  for (const path of [mock.sync().path, workspace]) {
    const { status, body, headers } = await read(mock, path, {
      headers: { Accept: "application/xml" },
    });
    expect(status).toBe(406);
    expect(headers.get("content-type")).toBe("application/json");
    expect(judge(406, body, {})).toEqual([]);
    const any = await read(mock, path, { headers: { Accept: "text/html, */*;q=0.1" } });
    expect(any.status).toBe(200);
  }
});

test("answers with a named example where Prefer asks for it", async ({ mock }) => {
  const { path } = mock.sync();
  const example = await read(mock, path, { headers: { Prefer: "example=documentation" } });
  expect(example.body).toMatchObject({ status: "completed", errorMessage: expect.any(String) });
  const list = await read(mock, workspace, { headers: { Prefer: "example=several" } });
  expect(JSON.parse(list.text).length).toBeGreaterThan(1);
  for (const at of [path, workspace])
    expect((await read(mock, at, { headers: { Prefer: "code=404" } })).status).toBe(404);
  const unknown = await read(mock, path, { headers: { Prefer: "example=none" } });
  expect(judge(unknown.status, unknown.body, {})).toEqual([]);
});
