import { Buffer } from "node:buffer";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, success, successHeaders } from "./mutant.ts";
import { secretRows } from "./secret-rows.ts";
import { errorReply } from "./start-provider.ts";
import { ids, logs, other, own } from "./world.ts";

const trace =
  "Error: connect ECONNREFUSED\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n    at SyncLogService.find (/usr/src/app/dist/sync-log.service.js:42:13)";

function withInjected(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replace("\r\n", "\r\nX-Injected: 1\r\n");
  return Buffer.from(text, "latin1");
}

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
    "foreign-id-in-header",
    "names what another tenant has read in a header",
    "access/foreign-data-leaked",
    success((reply, { requests, tenant }) => ({
      headers: {
        ...reply.headers,
        ...(tenant === own && requests > 40 && { "x-resource": ids.foreign }),
      },
    })),
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
    { shownBy: ["auth"] },
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
    { shownBy: ["path"] },
  ],
  [
    "id-as-markup-404",
    "answers 404 for malformed ids and repeats them",
    "leak/id-reflected-as-markup",
    onStatus(400, (_reply, { id }) => errorReply(404, `Sync log ${id} not found`)),
    { shownBy: ["path"] },
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
    { shownBy: ["path"] },
  ],
  [
    "stack-trace",
    "shows a stack trace in a 400",
    "leak/stack-trace",
    onStatus(400, () => ({ body: { statusCode: 400, message: "Bad Request", stack: trace } })),
    { shownBy: ["path"] },
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
    { shownBy: ["path"] },
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
    "java-trace",
    "shows a trace of a Java module",
    "leak/stack-trace",
    onStatus(400, () =>
      errorReply(400, "Invalid id\n\tat java.base/java.util.UUID.fromString(UUID.java:260)"),
    ),
  ],
  [
    "ruby-trace",
    "shows a line of Ruby",
    "leak/stack-trace",
    onStatus(400, () => errorReply(400, "app/models/sync_log.rb:12:in `find'")),
  ],
  [
    "stack-trace-in-log",
    "has a stack trace for the user",
    "leak/stack-trace",
    { log: (log) => (log.id === ids.failed ? { ...log, userFacingErrorMessage: trace } : log) },
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
    "cors-null-origin",
    "lets the origin null in with credentials",
    "cors/any-origin-with-credentials",
    {
      reply: (reply, { request }) =>
        request.headers["origin"] === "null"
          ? {
              ...reply,
              headers: {
                ...reply.headers,
                vary: "Origin",
                "access-control-allow-origin": "null",
                "access-control-allow-credentials": "true",
              },
            }
          : reply,
    },
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
  ...secretRows,
  [
    "query-in-header",
    "puts a line of the query into a header",
    "leak/header-injection",
    {
      bytes: (bytes, _reply, { query }) =>
        [...query.values()].some((value) => value.includes("\r\n")) ? withInjected(bytes) : bytes,
    },
    { shownBy: ["query"] },
  ],
  [
    "query-in-header-lf",
    "takes a line feed for the end of a header",
    "leak/header-injection",
    {
      bytes: (bytes, _reply, { query }) =>
        [...query.values()].some((value) => /[^\r]\n/.test(value)) ? withInjected(bytes) : bytes,
    },
    { shownBy: ["query"] },
  ],
  [
    "query-in-header-wide",
    "cuts letters to a byte in a header",
    "leak/header-injection",
    {
      bytes: (bytes, _reply, { query }) =>
        [...query.values()].some((value) => value.includes("\u560a")) ? withInjected(bytes) : bytes,
    },
    { shownBy: ["query"] },
  ],
]);
