import { describe, expect, it } from "vitest";
import { callOperation } from "../src/call-operation.ts";
import { withJson } from "../src/request-bodies.ts";
import { encodePathParameter, headersOf, searchOf } from "../src/request-parts.ts";
import { resolveOptions } from "../src/resolve-options.ts";
import type { OutgoingRequest } from "../src/transport/transport.ts";
import { syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey } from "./fixtures/sync-logs.ts";

interface ListThingsParams {
  readonly tag?: string | string[];
  readonly limit?: number | undefined;
  readonly "X-Trace"?: string;
}

interface ReplaceThingParams {
  readonly shelf: string;
  readonly id: string;
  readonly force?: boolean;
  readonly body: unknown;
}

// The requests of three operations, as the generator writes them.

function getThingRequest(baseUrl: string, params: { readonly id: string }): OutgoingRequest {
  return {
    method: "GET",
    url: `${baseUrl}/things/${encodePathParameter("id", params.id)}`,
    mayBeEmpty: true,
  };
}

function listThingsRequest(baseUrl: string, params: ListThingsParams): OutgoingRequest {
  return {
    method: "GET",
    url: `${baseUrl}/things` + searchOf({ tag: params.tag, limit: params.limit }, ["tag"]),
    headers: headersOf({ "X-Trace": params["X-Trace"] }),
  };
}

function replaceThingRequest(baseUrl: string, params: ReplaceThingParams): OutgoingRequest {
  return withJson(
    {
      method: "PUT",
      url:
        `${baseUrl}/shelves/${encodePathParameter("shelf", params.shelf)}/things/${encodePathParameter("id", params.id)}` +
        searchOf({ force: params.force }),
    },
    params.body,
  );
}

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
  const transport = resolveOptions(options);
  const call = async <Params>(
    toRequest: (baseUrl: string, params: Params) => OutgoingRequest,
    params: Params,
  ): Promise<unknown> =>
    (await callOperation(transport, toRequest(transport.baseUrl, params))).data;
  return { received, call };
}

describe("an operation of the document", () => {
  it("has its path parameters in the URL, encoded", async () => {
    const { call, received } = await startThings();
    expect(await call(getThingRequest, { id: "a/b" })).toEqual({ ok: true });
    expect(received).toEqual([["GET", "/things/a%2Fb", undefined, undefined, ""]]);
  });

  it("takes its query and header parameters from the same object", async () => {
    const { call, received } = await startThings();
    await call(listThingsRequest, { tag: ["a b", "c&d"], limit: 5, "X-Trace": "t" });
    await call(listThingsRequest, { tag: "x", limit: undefined });
    expect(received).toEqual([
      ["GET", "/things?tag=a%20b&tag=c%26d&limit=5", undefined, "t", ""],
      ["GET", "/things?tag=x", undefined, undefined, ""],
    ]);
  });

  it("sends its body as JSON, again on each retry", async () => {
    const { call, received } = await startThings();
    await call(replaceThingRequest, { shelf: "s", id: "1", force: true, body: { name: "ü" } });
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
    const error = await syncLogErrorOf(call(listThingsRequest, {}));
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "tag" });
    expect(received).toEqual([]);
  });

  it("resolves to nothing where the answer has no content", async () => {
    const { call } = await startThings();
    expect(await call(getThingRequest, { id: "gone" })).toBeUndefined();
  });
});
