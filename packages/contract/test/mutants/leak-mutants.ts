import { Buffer } from "node:buffer";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, successHeaders } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, logs, other, own } from "./world.ts";

const trace =
  "Error: connect ECONNREFUSED\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n    at SyncLogService.find (/usr/src/app/dist/sync-log.service.js:42:13)";

/** Providers that show what they must not. */
export const leakMutants: readonly Mutant[] = mutantsOf([
  [
    "foreign-data-in-error",
    "shows the foreign log in the error",
    "access/foreign-data-leaked",
    {
      reply: (reply, { id, tenant }) => {
        const log = logs.find((one) => one.id === id && one.workspaceId !== own.workspaceId);
        return reply.status === 404 && tenant === own && log !== undefined
          ? { ...reply, body: { statusCode: 404, message: "Sync log not found", details: log } }
          : reply;
      },
    },
  ],
  [
    "foreign-data-bleeds",
    "mixes what another tenant has read into later answers",
    "access/foreign-data-leaked",
    {
      log: (log, { requests, tenant }) =>
        tenant === own && requests > 40
          ? { ...log, knowledgeGraphId: `kg_${other.workspaceId.slice(3)}` }
          : log,
    },
  ],
  [
    "key-in-error",
    "repeats the key in a 404",
    "leak/key-reflected",
    onStatus(404, (_reply, { request }) =>
      errorReply(404, `Not found for ${request.headers["x-api-key"]}`),
    ),
  ],
  [
    "wrong-key-in-error",
    "repeats the key in a 401",
    "leak/key-reflected",
    onStatus(401, (_reply, { request }) =>
      errorReply(401, `Unknown key ${request.headers["x-api-key"]}`),
    ),
  ],
  [
    "key-in-header",
    "repeats the key in a header",
    "leak/key-reflected",
    {
      reply: (reply, { request }) => ({
        ...reply,
        headers: { ...reply.headers, "x-debug-key": request.headers["x-api-key"] ?? "" },
      }),
    },
  ],
  [
    "key-in-body",
    "has the key in the log",
    "leak/key-reflected",
    { log: (log) => ({ ...log, manualSyncData: { requestedWith: own.key } }) },
  ],
  [
    "key-in-base64",
    "has the key in a header, in base64",
    "leak/key-reflected",
    {
      reply: (reply, { request }) => ({
        ...reply,
        headers: {
          ...reply.headers,
          "x-trace": Buffer.from(request.headers["x-api-key"] ?? "").toString("base64"),
        },
      }),
    },
  ],
  [
    "id-as-markup",
    "repeats the id in a 400, as it is",
    "leak/id-reflected-as-markup",
    onStatus(400, (_reply, { id }) => errorReply(400, `${id} is not a sync log id`)),
  ],
  [
    "id-as-markup-404",
    "answers 404 for malformed ids and repeats them",
    "leak/id-reflected-as-markup",
    onStatus(400, (_reply, { id }) => errorReply(404, `Sync log ${id} not found`)),
  ],
  [
    "header-injection",
    "puts the id into a header",
    "leak/header-injection",
    {
      bytes: (bytes, _reply, { path }) =>
        /%0D%0A/i.test(path)
          ? Buffer.from(
              bytes.toString("latin1").replace("\r\n", "\r\nX-Sync-Log: sync\r\nX-Injected: 1\r\n"),
              "latin1",
            )
          : bytes,
    },
  ],
  [
    "stack-trace",
    "shows a stack trace in a 400",
    "leak/stack-trace",
    onStatus(400, () => ({ body: { statusCode: 400, message: "Bad Request", stack: trace } })),
  ],
  [
    "stack-trace-in-404",
    "shows a stack trace in a 404",
    "leak/stack-trace",
    onStatus(404, () => errorReply(404, trace)),
  ],
  [
    "sql-error",
    "shows the error of the database",
    "leak/stack-trace",
    onStatus(400, () => errorReply(400, 'syntax error at or near "OR"')),
  ],
  [
    "python-trace",
    "shows a Python traceback",
    "leak/stack-trace",
    onStatus(404, () =>
      errorReply(404, 'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in get'),
    ),
  ],
  [
    "stack-trace-in-log",
    "has a stack trace for the user",
    "leak/stack-trace",
    { log: (log) => (log.id === ids.failed ? { ...log, userFacingErrorMessage: trace } : log) },
  ],
  [
    "cache-public",
    "lets everybody cache",
    "leak/cacheable-by-others",
    successHeaders({ "cache-control": "public, max-age=60" }),
  ],
  [
    "cache-max-age",
    "lets shared caches keep it for a minute",
    "leak/cacheable-by-others",
    successHeaders({ "cache-control": "max-age=60" }),
  ],
  [
    "cache-s-maxage",
    "lets shared caches keep it",
    "leak/cacheable-by-others",
    successHeaders({ "cache-control": "no-cache, s-maxage=600" }),
  ],
  [
    "cors-wildcard",
    "lets every origin in with credentials",
    "cors/wildcard-with-credentials",
    successHeaders({
      "access-control-allow-origin": "*",
      "access-control-allow-credentials": "true",
    }),
  ],
  [
    "cors-any-origin",
    "lets any origin in with credentials",
    "cors/any-origin-with-credentials",
    {
      reply: (reply, { request }) => ({
        ...reply,
        headers: {
          ...reply.headers,
          ...(request.headers["origin"] === undefined
            ? {}
            : {
                "access-control-allow-origin": request.headers["origin"],
                "access-control-allow-credentials": "true",
              }),
        },
      }),
    },
  ],
  [
    "cors-preflight-wildcard",
    "answers the preflight with * and credentials",
    "cors/wildcard-with-credentials",
    {
      route: ({ method }) =>
        method === "OPTIONS"
          ? {
              status: 204,
              headers: {
                "access-control-allow-origin": "*",
                "access-control-allow-credentials": "true",
              },
            }
          : undefined,
    },
  ],
]);
