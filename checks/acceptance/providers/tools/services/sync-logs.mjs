// What the services in JavaScript have in common: the sync logs of two tenants, and what a request to them means.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export const own = {
  key: "q_sk_5fA9c2E7b1D4fF60",
  workspaceId: "ws_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f11",
};
export const other = {
  key: "q_sk_0cB8e3D6a2F5cC71",
  workspaceId: "ws_9d2f6a31-08be-4c7d-b5e4-bb20d85e3a22",
};
export const ids = {
  completed: "sync_4a9f1c52-7e0d-4b36-9c1a-00000000000a",
  ingesting: "sync_4a9f1c52-7e0d-4b36-9c1a-00000000000b",
  foreign: "sync_4a9f1c52-7e0d-4b36-9c1a-0000000000f1",
};

function syncLog(id, { workspaceId }, fields) {
  return {
    id,
    ingestionPipelineId: `pipe_${workspaceId.slice(3)}`,
    knowledgeGraphId: `kg_${workspaceId.slice(3)}`,
    workspaceId,
    type: "full_sync",
    startedAt: "2026-03-01T08:00:05.000Z",
    completedAt: null,
    errorMessage: null,
    userFacingErrorMessage: null,
    workflowId: "sync-workflow",
    workflowRunId: "run_42",
    preparationMetadata: { contacts: 1000, deals: 800 },
    totalRecordsToIngest: 1800,
    preparationCompletedAt: "2026-03-01T08:01:00.000Z",
    minDate: null,
    manualSyncData: null,
    correlationId: "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718",
    createdAt: "2026-03-01T08:00:00.000Z",
    ...fields,
  };
}

const ended = { completedAt: "2026-03-01T08:10:00.000Z", updatedAt: "2026-03-01T08:10:00.000Z" };
export const logs = [
  syncLog(ids.completed, own, { status: "completed", recordsIngested: 1800, ...ended }),
  syncLog(ids.ingesting, own, {
    status: "ingesting",
    recordsIngested: 450,
    updatedAt: "2026-03-01T08:03:00.000Z",
  }),
  syncLog(ids.foreign, other, {
    status: "failed",
    recordsIngested: 7,
    errorMessage: "Contract of Initech with Globex is not readable",
    ...ended,
  }),
];

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const patterns = { workspaceId: new RegExp(`^ws_${uuid}$`), id: new RegExp(`^sync_${uuid}$`) };
const words = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  500: "Internal Server Error",
};

/** An error as NestJS writes it. */
export function errorBody(status, message) {
  return { statusCode: status, message, error: words[status] };
}

export function etagOf(text) {
  return `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;
}

let caller;

/**
 * What is answered to GET, by whatever framework: a sync log, or without an id all of a workspace.
 *
 * @param wrong - The mistake that this service makes; empty for none.
 */
export async function answer({ workspaceId, id, key, query = {}, headers = {} }, wrong) {
  const isList = id === undefined;
  if (wrong === "query-before-path" && !isList) id = query.id ?? id;
  if (wrong === "ids-lower-cased") id = id?.toLowerCase();
  if (wrong === "ids-trimmed") id = id?.trim();
  if (wrong === "key-in-query")
    key ??= query.api_key ?? query.apiKey ?? query["X-API-Key"] ?? query["x-api-key"];
  if (wrong === "key-trimmed-to-prefix")
    key = [own.key, other.key].find((one) => one.startsWith(key ?? "-")) ?? key;
  if (wrong === "bearer-too") key ??= headers.authorization?.replace(/^Bearer /i, "");
  let tenant = [own, other].find((one) => one.key === key);
  if (wrong === "any-key" && key) tenant ??= own;
  if (tenant === undefined)
    return {
      status: 401,
      body: errorBody(401, wrong === "key-in-error" && key ? `${key} is no key` : "Unauthorized"),
    };
  if (wrong === "tenant-in-module") {
    caller = tenant;
    await sleep(2);
    tenant = caller;
    workspaceId = tenant.workspaceId;
    const all = logs.filter((one) => one.workspaceId === workspaceId);
    return { status: 200, body: isList ? all : all[0] };
  }
  for (const [name, value] of [["workspaceId", workspaceId], ...(isList ? [] : [["id", id]])])
    if (!patterns[name].test(value)) {
      if (wrong === "fails-on-malformed")
        return { status: 500, body: errorBody(500, "Internal server error") };
      return { status: 400, body: errorBody(400, [`${name} is not valid`]) };
    }
  if (isList) {
    if (workspaceId !== tenant.workspaceId)
      return { status: 404, body: errorBody(404, "Workspace not found") };
    const all = logs.filter((log) => log.workspaceId === workspaceId);
    return { status: 200, body: all.map((log) => shown(log, wrong)) };
  }
  const known = logs.find(
    (log) => log.id === id && (wrong === "workspace-ignored" || log.workspaceId === workspaceId),
  );
  if (
    wrong === "foreign-forbidden" &&
    known !== undefined &&
    known.workspaceId !== tenant.workspaceId
  )
    return { status: 403, body: errorBody(403, "Forbidden") };
  const log =
    wrong === "tenant-ignored" || known?.workspaceId === tenant.workspaceId ? known : undefined;
  if (log === undefined) return { status: 404, body: errorBody(404, "Sync log not found") };
  const body = shown(log, wrong);
  return { status: 200, body: wrong === "in-envelope" ? { data: body } : body };
}

/** A sync log as it is sent. */
function shown(log, wrong) {
  const body = { ...log };
  if (wrong === "counts-as-texts") body.recordsIngested = String(body.recordsIngested);
  if (wrong === "nulls-left-out")
    for (const [name, value] of Object.entries(body)) if (value === null) delete body[name];
  if (wrong === "seconds-since-1970") body.createdAt = 1772352000;
  if (wrong === "more-than-total") body.recordsIngested = 2000;
  if (wrong === "unknown-status") body.status = "done";
  if (wrong === "password-in-body") body.databasePassword = "hunter2hunter2";
  return body;
}

export const isSafe = (method) => method === "GET" || method === "HEAD";
export const wrong = process.argv[2] ?? "";

/** Where a service listens; 0 for any free port. */
export const port = Number(process.env.PORT ?? 0);

/** Says where the service listens. Without a port of its own it ends with its parent. */
export function ready(actualPort) {
  process.stdout.write(`http://127.0.0.1:${actualPort}\n`);
  if (port === 0) process.stdin.on("end", () => process.exit()).resume();
}
