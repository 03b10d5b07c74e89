import { describe, expect, it } from "vitest";
import { createAnswerMethods, dataMethods, type RequestTable } from "../src/named-methods.ts";
import { encodePathParameter, headersOf, searchOf, withJson } from "../src/request-parts.ts";
import { resolveOptions } from "../src/resolve-options.ts";
import { syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "./fixtures/start-server.ts";
import { apiKey } from "./fixtures/sync-logs.ts";

/** The requests of three operations, as the generator writes them. */
const requests: RequestTable = {
  getThing: (baseUrl: string, params: { readonly id: string }) => ({
    method: "GET",
    url: `${baseUrl}/things/${encodePathParameter("id", params.id)}`,
    mayBeEmpty: true,
  }),
  listThings: (
    baseUrl: string,
    params: { readonly tag: string | string[]; readonly limit?: number; "X-Trace"?: string },
  ) => ({
    method: "GET",
    url: `${baseUrl}/things` + searchOf({ tag: params.tag, limit: params.limit }, ["tag"]),
    headers: headersOf({ "X-Trace": params["X-Trace"] }),
  }),
  replaceThing: (
    baseUrl: string,
    params: { readonly shelf: string; id: string; force?: boolean; body: unknown },
  ) =>
    withJson(
      {
        method: "PUT",
        url:
          `${baseUrl}/shelves/${encodePathParameter("shelf", params.shelf)}/things/${encodePathParameter("id", params.id)}` +
          searchOf({ force: params.force }),
      },
      params.body,
    ),
};

async function startThings() {
  const received: unknown[] = [];
  const server = await startServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const { method, url, headers } = request;
      received.push([method, url, headers["content-type"], headers["x-trace"], body]);
      if (url?.endsWith("gone") === true) response.writeHead(204).end();
      else if (received.length === 1 && method === "PUT") response.writeHead(503).end();
      else response.end('{"ok":true}');
    });
  });
  const options = { apiKey, baseUrl: server.url, retry: { baseDelayMs: 1 } };
  const methods = dataMethods(createAnswerMethods(requests, resolveOptions(options)));
  const call = (name: string, parameters: Record<string, unknown>): Promise<unknown> =>
    methods[name]?.(parameters) ?? Promise.reject(new Error(`no method ${name}`));
  return { received, call, names: Object.keys(methods) };
}

describe("an operation of the document", () => {
  it("is a method, with no code of its own", async () => {
    const { names, call, received } = await startThings();
    expect(names).toEqual(["getThing", "listThings", "replaceThing"]);
    expect(await call("getThing", { id: "a/b" })).toEqual({ ok: true });
    expect(received).toEqual([["GET", "/things/a%2Fb", undefined, undefined, ""]]);
  });

  it("takes its query and header parameters from the same object", async () => {
    const { call, received } = await startThings();
    await call("listThings", { tag: ["a b", "c&d"], limit: 5, "X-Trace": "t" });
    await call("listThings", { tag: "x", limit: undefined });
    expect(received).toEqual([
      ["GET", "/things?tag=a%20b&tag=c%26d&limit=5", undefined, "t", ""],
      ["GET", "/things?tag=x", undefined, undefined, ""],
    ]);
  });

  it("sends its body as JSON, again on each retry", async () => {
    const { call, received } = await startThings();
    await call("replaceThing", { shelf: "s", id: "1", force: true, body: { name: "ü" } });
    const request = [
      "PUT",
      "/shelves/s/things/1?force=true",
      "application/json",
      undefined,
      '{"name":"ü"}',
    ];
    expect(received).toEqual([request, request]);
  });

  it("misses a parameter before any request", async () => {
    const { call, received } = await startThings();
    const error = await syncLogErrorOf(call("listThings", {}));
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "tag" });
    expect(received).toEqual([]);
  });

  it("resolves to nothing where the answer has no content", async () => {
    const { call } = await startThings();
    expect(await call("getThing", { id: "gone" })).toBeUndefined();
  });
});
