import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { expect, test as base } from "vitest";
import { mockServer } from "../../src/vitest.ts";
import type { MockServer } from "../../src/index.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });

/** Sends a request as it is: fetch would mend its path. */
async function raw(
  mock: MockServer,
  method: string,
  path: string,
  headers: Record<string, string> = { "X-API-Key": "q_sk_test" },
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
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
])("answers a malformed id with 400: %s", async (path, { mock }) => {
  const { status, text } = await raw(mock, "GET", path);
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
  const { status, text, headers } = await raw(mock, "GET", path);
  expect(status).toBe(404);
  expect(headers["content-type"]).toBe("application/json");
  expect(judge(404, JSON.parse(text), {})).toEqual([]);
  expect(text).not.toMatch(/sync log|workspace/iu);
});

test.for(["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])(
  "answers %s with 405 and Allow",
  async (method, { mock }) => {
    const { status, headers, text } = await raw(mock, method, mock.sync().path);
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD, OPTIONS");
    expect(headers["content-type"]).toBe("application/json");
    expect(judge(405, JSON.parse(text), {})).toEqual([]);
  },
);

test("answers HEAD as GET, without a body", async ({ mock }) => {
  for (const path of [
    mock.sync().at("ingesting").path,
    `${workspace}/${valid}`,
    `${workspace}/42`,
  ]) {
    const get = await raw(mock, "GET", path);
    const head = await raw(mock, "HEAD", path);
    expect(head.text).toBe("");
    expect(head.status).toBe(get.status);
    const { date: _getDate, ...getHeaders } = get.headers;
    const { date: _headDate, ...headHeaders } = head.headers;
    expect(headHeaders).toEqual(getHeaders);
    expect(head.headers["content-length"]).toBe(String(get.text.length));
  }
});

test("serves a target that is a whole URL, and looks at its host", async ({ mock }) => {
  const sync = mock.sync().at("completed");
  const { status } = await raw(mock, "GET", `http://api.example:80${sync.path}?x=1`);
  expect(status).toBe(200);
  expect((await raw(mock, "GET", "http://api.example")).status).toBe(404);
  expect((await raw(mock, "GET", `${mock.url}/_mock/api/info`)).status).toBe(200);
  expect((await raw(mock, "GET", "http://evil.example/_mock/api/info")).status).toBe(403);
});

test("lets a page of any origin ask, without credentials", async ({ mock }) => {
  const { path } = mock.sync();
  const preflight = await raw(mock, "OPTIONS", path, {
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
    const answer = await raw(mock, "GET", path, { ...headers, Origin: "https://app.example" });
    expect(answer.status).toBe(status);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  }
});

test("answers what cannot be negotiated with the document's own error", async ({ mock }) => {
  const { path } = mock.sync();
  const { status, body, headers } = await read(mock, path, {
    headers: { Accept: "application/xml" },
  });
  expect(status).toBe(406);
  expect(headers.get("content-type")).toBe("application/json");
  expect(judge(406, body, {})).toEqual([]);
  expect((await read(mock, path, { headers: { Accept: "text/html, */*;q=0.1" } })).status).toBe(
    200,
  );
});

test("answers with a named example where Prefer asks for it", async ({ mock }) => {
  const { path } = mock.sync();
  const example = await read(mock, path, { headers: { Prefer: "example=documentation" } });
  expect(example.body).toMatchObject({ status: "completed", errorMessage: expect.any(String) });
  expect((await read(mock, path, { headers: { Prefer: "code=404" } })).status).toBe(404);
  const unknown = await read(mock, path, { headers: { Prefer: "example=none" } });
  expect(judge(unknown.status, unknown.body, {})).toEqual([]);
});
