import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { VerifyOptions } from "../../src/index.ts";
import type { Behavior, ProviderRequest, Reply, Situation } from "./behavior.ts";
import type { SyncLog, Tenant } from "./world.ts";
import { ids, liveLog, logs, other, own } from "./world.ts";

/** A running provider. */
export interface RunningProvider {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a provider of the sync-log endpoint on the loopback interface: a correct one, but for its behavior. */
export async function startProvider(behavior: Behavior = {}): Promise<RunningProvider> {
  const readings = new Map<string, number>();
  let requests = 0;
  const server = http.createServer({ keepAliveTimeout: 1000 }, (incoming, outgoing) => {
    incoming.resume();
    const request = readRequest(incoming);
    void serve(request, incoming, outgoing);
  });
  async function serve(
    request: ProviderRequest,
    incoming: http.IncomingMessage,
    outgoing: http.ServerResponse,
  ): Promise<void> {
    const answer = await respond(behavior, request, readings, requests++);
    if (answer === "hang") return;
    if (answer === "cut") incoming.socket.destroy();
    else write(behavior, request, answer, outgoing);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readRequest(incoming: http.IncomingMessage): ProviderRequest {
  const [path = "", query = ""] = (incoming.url ?? "").split("?", 2);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers,
    rawHeaders: incoming.rawHeaders,
    connection: incoming.socket,
  };
}

/** An error as the documentation has it. */
export function errorReply(status: number, message: string | readonly string[]): Reply {
  const body = { statusCode: status, message, error: http.STATUS_CODES[status] ?? "Error" };
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

const route = /^\/workspaces\/([^/]*)\/sync-logs(?:\/([^/]*))?$/;
const patterns = {
  workspaceId: /^ws_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  id: /^sync_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
} as const;

async function respond(
  behavior: Behavior,
  request: ProviderRequest,
  readings: Map<string, number>,
  requests: number,
): Promise<Reply | "hang" | "cut"> {
  const taken = behavior.route?.(request, requests);
  if (taken !== undefined) return taken;
  const match = route.exec(request.path);
  const [workspaceId, id] = [decode(match?.[1]), decode(match?.[2])];
  const isList = match?.[2] === undefined;
  const base = { request, workspaceId: workspaceId ?? "", id: id ?? "", isList, requests };
  const finish = (reply: Reply, tenant?: Tenant): Reply => {
    const situation: Situation = {
      ...base,
      readings: readings.get(base.id) ?? 0,
      ...(tenant === undefined ? {} : { tenant }),
    };
    return behavior.reply?.(reply, situation) ?? reply;
  };
  if (match === null) return finish(errorReply(404, "Not Found"));
  if (request.method === "OPTIONS")
    return finish({ status: 204, headers: { allow: "GET, HEAD, OPTIONS" } });
  if (request.method !== "GET" && request.method !== "HEAD") {
    const refusal = errorReply(405, "Method Not Allowed");
    return finish({ ...refusal, headers: { ...refusal.headers, allow: "GET, HEAD, OPTIONS" } });
  }
  const tenant = authenticate(behavior, request);
  const unauthorized = tenant === undefined ? errorReply(401, "Unauthorized") : undefined;
  const invalid = validate(behavior, workspaceId, isList ? undefined : { id });
  const situation: Situation = {
    ...base,
    readings: readings.get(base.id) ?? 0,
    ...(tenant === undefined ? {} : { tenant }),
  };
  const pauseMs = behavior.pauseMs?.(situation) ?? 0;
  if (pauseMs > 0) await sleep(pauseMs);
  const log = isList ? list(behavior, situation, readings) : find(behavior, situation);
  const message = isList ? "Workspace not found" : "Sync log not found";
  const absent = log === undefined ? errorReply(404, message) : undefined;
  const early = [
    behavior.validatesFirst === true ? invalid : undefined,
    behavior.findsFirst === true ? absent : undefined,
  ];
  const refusal = [...early, unauthorized, invalid, absent].find((reply) => reply !== undefined);
  if (refusal !== undefined || log === undefined)
    return finish(refusal ?? errorReply(404, message), tenant);
  if (request.method === "GET") readings.set(base.id, situation.readings + 1);
  const body = isArray(log) || behavior.log === undefined ? log : behavior.log(log, situation);
  return finish(success(request, body), tenant);
}

function success(request: ProviderRequest, body: unknown): Reply {
  const etag = `"${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 16)}"`;
  const headers = { "cache-control": "private, no-store", etag };
  if (request.headers["if-none-match"] === etag) return { status: 304, headers };
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body,
  };
}

function decode(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Whose key this is. */
export function tenantOfKey(key: string | undefined): Tenant | undefined {
  return [own, other].find((tenant) => tenant.key === key);
}

function authenticate(behavior: Behavior, request: ProviderRequest): Tenant | undefined {
  const plain = tenantOfKey(request.headers["x-api-key"]);
  return behavior.authenticate === undefined ? plain : behavior.authenticate(request, plain);
}

function validate(
  behavior: Behavior,
  workspaceId: string | undefined,
  item: { readonly id: string | undefined } | undefined,
): Reply | undefined {
  for (const [name, value] of [
    ["workspaceId", workspaceId] as const,
    ...(item === undefined ? [] : [["id", item.id] as const]),
  ]) {
    const plain = value !== undefined && patterns[name].test(value);
    const isValid = behavior.isValid?.(name, value ?? "", plain) ?? plain;
    if (!isValid) return errorReply(400, [`${name} is not valid`]);
  }
  return undefined;
}

function find(behavior: Behavior, situation: Situation): SyncLog | undefined {
  const { tenant, workspaceId, id, readings } = situation;
  const live = behavior.live ?? liveLog;
  const all = [...logs, live(readings)];
  const plain = all.find(
    (log) =>
      log.id === id && log.workspaceId === workspaceId && tenant?.workspaceId === workspaceId,
  );
  return behavior.find === undefined ? plain : behavior.find(situation, plain);
}

/** The logs of a workspace, each as it was shown last. */
function list(
  behavior: Behavior,
  situation: Situation,
  readings: ReadonlyMap<string, number>,
): readonly unknown[] | undefined {
  const { tenant, workspaceId } = situation;
  const live = (behavior.live ?? liveLog)(Math.max(0, (readings.get(ids.live) ?? 0) - 1));
  const plain =
    tenant?.workspaceId === workspaceId
      ? [...logs, live].filter((log) => log.workspaceId === workspaceId)
      : undefined;
  const found = behavior.list === undefined ? plain : behavior.list(situation, plain);
  return found?.map((log) => {
    const shown = { ...situation, id: log.id, readings: readings.get(log.id) ?? 0 };
    return behavior.log === undefined ? log : behavior.log(log, shown);
  });
}

/** `Array.isArray`, which does not know arrays that are readonly. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function write(
  behavior: Behavior,
  request: ProviderRequest,
  reply: Reply,
  outgoing: http.ServerResponse,
): void {
  const bytes = toBytes(reply.body);
  const isBodiless = request.method === "HEAD" || reply.status === 204 || reply.status === 304;
  const isChunked = Object.keys(reply.headers).includes("transfer-encoding");
  const length =
    reply.status === 204 || reply.status === 304 || isChunked
      ? {}
      : { "content-length": String(bytes.length) };
  const headers = { ...length, ...reply.headers };
  if (behavior.bytes === undefined) {
    outgoing.writeHead(reply.status, { ...headers });
    outgoing.end(isBodiless ? undefined : bytes);
    return;
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => `${name}: ${one}`),
  );
  const head = `HTTP/1.1 ${reply.status} ${http.STATUS_CODES[reply.status] ?? ""}\r\n${lines.join("\r\n")}\r\nconnection: close\r\n\r\n`;
  const plain = Buffer.concat([Buffer.from(head, "latin1"), isBodiless ? Buffer.alloc(0) : bytes]);
  outgoing.socket?.end(behavior.bytes(plain, reply, request));
}

function toBytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

/** How the providers of this folder are verified: every id and key there is. */
export const verification: Omit<VerifyOptions, "baseUrl"> = {
  workspace: own.workspaceId,
  syncLogs: [ids.completed, ids.failed, ids.live, ids.stopped, ids.skipped],
  apiKey: own.key,
  otherWorkspace: other.workspaceId,
  otherSyncLog: ids.foreign,
  otherApiKey: other.key,
};

/** The same for the single log alone. */
export const ofLog: Omit<VerifyOptions, "baseUrl"> = {
  ...verification,
  operationIds: ["getSyncLog"],
};
