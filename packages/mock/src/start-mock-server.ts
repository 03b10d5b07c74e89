import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createPrismEngine, problemStatus } from "./engine/prism-engine.ts";
import type { PrismAnswer, PrismEngine } from "./engine/prism-engine.ts";
import { isJsonObject } from "./spec/json.ts";
import { loadSpec } from "./spec/load-spec.ts";

const specUrl = new URL("../../../specs/openapi.yaml", import.meta.url);
const completedId = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";
const followedId = "sync_123e4567-e89b-12d3-a456-426614174000";
const sequence = ["pending", "preparing", "data_fetching", "ingesting", "completed"];

/** Options of {@link startMockServer}. */
export interface MockServerOptions {
  /**
   * Port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * Address to listen on.
   *
   * @default "127.0.0.1"
   */
  readonly host?: string;
}

/** A running mock. */
export interface MockServer extends AsyncDisposable {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops listening; resolves when the port is free again. */
  close(): Promise<void>;
}

/** Starts the mock on a port of its own. */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const engine = await createPrismEngine(await loadSpec(specUrl), { isOutputValidated: false });
  const step = { count: 0 };
  const server = createServer((request, response) => {
    answer(engine, step, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => send500(response, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  // A server that listens on TCP has an AddressInfo.
  const { address, port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  };
  return { url: `http://${address}:${port}`, close, [Symbol.asyncDispose]: close };
}

async function answer(
  engine: PrismEngine,
  step: { count: number },
  request: IncomingMessage,
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const url = new URL(request.url ?? "/", "http://mock");
  const [, , workspaceId = "", , id = ""] = url.pathname.split("/");
  const isFollowed = id === followedId;
  const example = isFollowed ? sequence[Math.min(step.count, sequence.length - 1)] : "completed";
  const forced = /\b(code|example)=([\w-]+)/.exec(String(request.headers["prefer"] ?? ""));
  const isKnown = isFollowed || id === completedId;
  const isWellFormed = /^sync_[0-9a-f-]{36}$/.test(id);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
  );
  const result = await engine.request(
    { method: "get", url: { path: url.pathname, query: {} }, headers },
    {
      ...(forced?.[1] === "code" ? { code: Number(forced[2]) } : {}),
      ...(forced?.[1] === "example" ? { exampleKey: forced[2] ?? "" } : {}),
      ...(forced === null && isWellFormed && !isKnown ? { code: 404 } : {}),
      ...(forced === null && isKnown && example !== undefined ? { exampleKey: example } : {}),
    },
  );
  if (result.kind === "response" && result.response.statusCode === 200 && isFollowed) step.count++;
  return toHttp(result, { workspaceId, id });
}

function toHttp(
  result: PrismAnswer,
  ids: { workspaceId: string; id: string },
): { status: number; headers: Record<string, string>; body: string } {
  const headers = { "content-type": "application/json" };
  if (result.kind === "problem") {
    const status = problemStatus(result.error);
    const body = JSON.stringify({ statusCode: status, message: result.error.message });
    return { status, headers, body };
  }
  const { statusCode, body } = result.response;
  const patched = statusCode === 200 && isJsonObject(body) ? { ...body, ...ids } : body;
  return { status: statusCode, headers, body: JSON.stringify(patched) };
}

function send500(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  response
    .writeHead(500, { "content-type": "application/json" })
    .end(JSON.stringify({ statusCode: 500, message }));
}
