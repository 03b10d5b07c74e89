import { inModule, perConnection } from "./kept.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, overTime, failure, failsOn, sentKeys } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, logs, own } from "./world.ts";

/** Providers that answer with a status that is never right, or fail. */
export const statusMutants: readonly Mutant[] = mutantsOf([
  [
    "fails-on-two-keys",
    "fails on a key that is sent twice",
    "auth/server-error",
    {
      route: (request) =>
        sentKeys(request).length > 1 ? errorReply(500, "Internal Server Error") : undefined,
    },
  ],
  [
    "fails-without-key",
    "fails without a key",
    "auth/server-error",
    {
      route: ({ headers }) =>
        headers["x-api-key"] === undefined ? errorReply(500, "Internal Server Error") : undefined,
    },
  ],
  [
    "403-without-key",
    "answers 403 without a key",
    "status/undocumented",
    onStatus(401, () => errorReply(403, "Forbidden")),
    { shownBy: ["auth"] },
  ],
  [
    "foreign-403",
    "answers 403 for the log of another tenant",
    "status/undocumented",
    {
      reply: (reply, { id, tenant }) =>
        reply.status === 404 &&
        tenant === own &&
        logs.some((log) => log.id === id && log.workspaceId !== own.workspaceId)
          ? errorReply(403, "Forbidden")
          : reply,
    },
    { shownBy: ["access"] },
  ],
  [
    "workspace-not-validated",
    "fails on a malformed workspace",
    "path/server-error",
    failsOn(({ path }) => /^\/workspaces\/(?!ws_)[^/]+\//.test(path)),
  ],
  [
    "fails-on-malformed-id",
    "fails on a malformed id",
    "path/server-error",
    onStatus(400, () => failure),
  ],
  [
    "fails-on-null-byte",
    "fails on a null byte",
    "path/server-error",
    failsOn(({ path }) => path.includes("%00")),
  ],
  [
    "fails-on-bad-encoding",
    "fails on a broken percent-encoding",
    "path/server-error",
    failsOn(({ path }) => path.endsWith("%E0%A4%A")),
  ],
  [
    "fails-on-long-id",
    "fails on a long id",
    "path/server-error",
    failsOn(({ path }) => path.length > 3000),
  ],
  [
    "fails-on-quote",
    "fails on a quote",
    "path/server-error",
    failsOn(({ path }) => path.includes("'")),
  ],
  [
    "fails-on-absent",
    "fails on an id of nothing",
    "read/server-error",
    onStatus(404, () => failure),
  ],
  [
    "fails-on-query",
    "fails on an unknown query",
    "read/server-error",
    failsOn(({ query }) => [...query.keys()].some((name) => name.startsWith("utm"))),
  ],
  [
    "malformed-gets-422",
    "answers a malformed id with 422",
    "status/undocumented",
    onStatus(400, () => errorReply(422, "Unprocessable")),
    { shownBy: ["path"] },
  ],
  [
    "absent-gets-410",
    "answers 410 for an id of nothing",
    "status/undocumented",
    onStatus(404, () => errorReply(410, "Gone")),
  ],
  [
    "success-is-201",
    "answers 201 for a log",
    "status/undocumented",
    {
      reply: (reply, { id }) =>
        reply.status === 200 && id === ids.failed ? { ...reply, status: 201 } : reply,
    },
  ],
  [
    "redirects",
    "redirects to a slash at the end",
    "status/redirect",
    {
      reply: (reply, { id, request }) =>
        reply.status === 200 && id === ids.failed
          ? { status: 301, headers: { location: `${request.path}/` } }
          : reply,
    },
  ],
  [
    "redirects-away",
    "redirects to another host",
    "status/redirect",
    {
      reply: (reply, { id }) =>
        reply.status === 200 && id === ids.skipped
          ? { status: 302, headers: { location: "https://elsewhere.invalid/" } }
          : reply,
    },
  ],
  [
    "fails-on-post",
    "fails on POST",
    "method/server-error",
    failsOn(({ method }) => method === "POST"),
  ],
  [
    "fails-on-xml",
    "fails where XML is accepted",
    "accept/server-error",
    failsOn(({ headers }) => headers["accept"] === "application/xml"),
  ],
  [
    "fails-on-garbled-accept",
    "fails on an Accept that cannot be read",
    "accept/server-error",
    failsOn(({ headers }) => headers["accept"]?.startsWith(";;") === true),
  ],
  [
    "fails-on-unknown-coding",
    "fails on a coding that it does not know",
    "accept/server-error",
    failsOn(({ headers }) => headers["accept-encoding"] === "x-unknown"),
  ],
  [
    "refuses-any-type",
    "answers 406 where anything is accepted",
    "status/undocumented",
    {
      route: ({ headers }) =>
        headers["accept"] === "*/*" ? errorReply(406, "Not Acceptable") : undefined,
    },
    { shownBy: ["accept"] },
  ],
  ["head-fails", "fails on HEAD", "head/server-error", failsOn(({ method }) => method === "HEAD")],
  [
    "fails-on-bad-date",
    "fails on a date that cannot be read",
    "conditional/server-error",
    failsOn(({ headers }) => headers["if-modified-since"] === "yesterday"),
  ],
  [
    "fails-on-origin",
    "fails on an Origin",
    "cors/server-error",
    {
      route: ({ headers, method }) =>
        headers["origin"] !== undefined && method === "GET"
          ? errorReply(500, "Internal Server Error")
          : undefined,
    },
  ],
  [
    "fails-now-and-then",
    "fails at the seventh request",
    "read/server-error",
    {
      route: (_request, requests) =>
        requests === 6
          ? {
              status: 500,
              headers: { "content-type": "application/json" },
              body: { statusCode: 500, message: "Internal Server Error" },
            }
          : undefined,
    },
    overTime,
  ],
  [
    "fails-on-foreign-log",
    "fails on the log of another tenant",
    "access/server-error",
    {
      reply: (reply, { id, tenant }) =>
        reply.status === 404 && tenant === own && id === ids.foreign ? failure : reply,
    },
  ],
  [
    "fails-when-polled",
    "fails at the third reading of a log",
    "watch/server-error",
    { reply: (reply, { id, readings }) => (id === ids.live && readings > 2 ? failure : reply) },
    overTime,
  ],
  [
    "fails-under-load",
    "fails while it answers others",
    "parallel/server-error",
    inModule((kept) => ({
      pauseMs: () => {
        kept.running += 1;
        setTimeout(() => (kept.running -= 1), 12);
        return 12;
      },
      reply: (reply) => (kept.running > 2 ? failure : reply),
    })),
    { shownBy: ["parallel"] },
  ],
  [
    "fails-on-kept-connection",
    "fails for the third request of a connection",
    "keep-alive/server-error",
    perConnection(({ requests }) => ({
      route: ({ connection }) => {
        const count = (requests.get(connection) ?? 0) + 1;
        requests.set(connection, count);
        return count === 3 ? failure : undefined;
      },
    })),
    { shownBy: ["keep-alive"] },
  ],
  [
    "fails-on-repeated-parameter",
    "fails where a parameter of the path is in the query, too",
    "query/server-error",
    failsOn(({ query }) => query.has("id")),
  ],
  [
    "options-fails",
    "fails on OPTIONS with a key",
    "options/server-error",
    failsOn(({ method, headers }) => method === "OPTIONS" && headers["x-api-key"] !== undefined),
  ],
]);
