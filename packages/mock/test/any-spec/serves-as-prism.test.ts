import { createRequire } from "node:module";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { expect, test } from "vitest";
import { ScenarioError, startMockServer } from "../../src/index.ts";

const { resolve } = createRequire(import.meta.url);
const documents = {
  "ReadMe's API (3.1)": resolve("@readme/oas-examples/3.1/json/readme.json"),
  "Star Trek API (3.0)": resolve("@readme/oas-examples/3.0/json/star-trek.json"),
  "USPTO data set API (3.0)": resolve("@readme/oas-examples/3.0/json/uspto.json"),
  "Scalar Galaxy (3.1, YAML)": resolve("@scalar/galaxy/latest.yaml"),
};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Requests that meet most of what a document says: valid ones, some without key or body, some with a wrong type, some to unknown paths. */
async function requestsFor(document: string): Promise<Asked[]> {
  const operations = await getHttpOperationsFromSpec(document);
  const asked = operations.slice(0, 40).flatMap(({ method, path }): Asked[] => {
    const filled = path.replaceAll(/\{[^}]*\}/g, "1");
    const keys = { Authorization: "Bearer a", "X-API-Key": "a" };
    const json = { "content-type": "application/json" };
    const hasBody = !["get", "head", "delete", "options"].includes(method);
    return [
      {
        method,
        path: filled,
        headers: { ...keys, ...(hasBody ? json : {}) },
        ...(hasBody ? { body: "{}" } : {}),
      },
      { method, path: filled, headers: {} },
      { method, path: `${filled}?page=x`, headers: { ...keys, Accept: "application/xml" } },
      { method, path: filled, headers: { ...keys, Prefer: "code=404" } },
    ];
  });
  return [
    ...asked,
    { method: "get", path: "/nowhere", headers: {} },
    { method: "delete", path: "/nowhere", headers: {} },
  ];
}

async function see(url: string, { method, path, headers, body }: Asked): Promise<object> {
  const init = { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) };
  const response = await fetch(url + path, init);
  const violations = response.headers.get("sl-violations");
  const type = response.headers.get("content-type");
  return { method, path, status: response.status, type, violations, text: await response.text() };
}

/** Prism sends that of the Galaxy's examples, although it is `writeOnly`. */
function withoutPassword<Seen extends object>(seen: Seen): Seen {
  const text = String(Reflect.get(seen, "text"));
  return {
    ...seen,
    text: text.replaceAll(/,"password":"i-love-scalar"|<password>i-love-scalar<.password>/g, ""),
  };
}

for (const [name, document] of Object.entries(documents)) {
  test(`serves what Prism serves: ${name}`, async () => {
    const prism = createServer(await getHttpOperationsFromSpec(document), {
      cors: true,
      config: {
        isProxy: false,
        validateRequest: true,
        validateResponse: true,
        checkSecurity: true,
        errors: false,
        upstreamProxy: undefined,
        mock: { dynamic: false },
      },
      components: { logger: createLogger("bare", { level: "silent" }) },
    });
    const url = await prism.listen(0, "127.0.0.1");
    await using mock = await startMockServer({ spec: document });
    try {
      const requests = await requestsFor(document);
      expect(requests.length).toBeGreaterThan(8);
      const statuses = new Set<unknown>();
      for (const asked of requests) {
        const expected = withoutPassword(await see(url, asked));
        expect(await see(mock.url, asked)).toEqual(expected);
        statuses.add(Reflect.get(expected, "status"));
      }
      expect(statuses.size).toBeGreaterThan(1);
    } finally {
      await prism.close();
    }
  });
}

test("refuses to control a document without a lifecycle", async () => {
  await using mock = await startMockServer({ spec: documents["USPTO data set API (3.0)"] });
  expect(() => mock.sync()).toThrow(ScenarioError);
  expect(() => mock.sync()).toThrow("no x-lifecycle");
  const info = await fetch(`${mock.url}/_mock/api/info`);
  expect(await info.json()).toMatchObject({ isControllable: false, scenarios: [] });
});

test("lets the requests of any document go wrong", async () => {
  await using mock = await startMockServer({ spec: documents["USPTO data set API (3.0)"] });
  mock.fault({ kind: "status", status: 503, retryAfter: 1 }, { times: 1 });
  expect((await fetch(mock.url)).status).toBe(503);
  expect((await fetch(mock.url)).status).not.toBe(503);
});
