import { Buffer } from "node:buffer";
import type { Behavior, ProviderRequest } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { liveLog, logs } from "./world.ts";

const failure = errorReply(500, "Internal Server Error");
const completed = logs[0] ?? liveLog(0);

function failsOn(isHit: (request: ProviderRequest) => boolean): Behavior {
  return { route: (request) => (isHit(request) ? failure : undefined) };
}

const served = { status: 200, headers: { "content-type": "application/json" }, body: completed };

/** Providers that get methods, media types, HEAD or conditions wrong. */
export const methodMutants: readonly Mutant[] = mutantsOf([
  [
    "post-served",
    "serves POST like GET",
    "method/undocumented-method-served",
    { route: ({ method }) => (method === "POST" ? served : undefined) },
  ],
  [
    "delete-served",
    "deletes",
    "method/undocumented-method-served",
    { route: ({ method }) => (method === "DELETE" ? { status: 204, headers: {} } : undefined) },
  ],
  [
    "any-method",
    "serves any method",
    "method/undocumented-method-served",
    { route: ({ method }) => (["GET", "HEAD", "OPTIONS"].includes(method) ? undefined : served) },
  ],
  [
    "trace",
    "serves TRACE",
    "method/trace-served",
    {
      route: ({ method }) =>
        method === "TRACE"
          ? { status: 200, headers: { "content-type": "message/http" }, body: "TRACE / HTTP/1.1" }
          : undefined,
    },
  ],
  [
    "405-without-allow",
    "refuses methods without Allow",
    "method/405-without-allow",
    onStatus(405, () => errorReply(405, "Method Not Allowed")),
  ],
  [
    "allow-lacks-get",
    "leaves GET out of Allow",
    "method/allow-contradicts",
    onStatus(405, (reply) => ({ headers: { ...reply.headers, allow: "POST, HEAD" } })),
  ],
  [
    "allow-has-refused",
    "allows what it refuses",
    "method/allow-contradicts",
    onStatus(405, (reply) => ({
      headers: { ...reply.headers, allow: "GET, HEAD, POST, PUT, PATCH, DELETE" },
    })),
  ],
  [
    "fails-on-post",
    "fails on POST",
    "method/server-error",
    failsOn(({ method }) => method === "POST"),
  ],
  [
    "post-gets-409",
    "answers PUT with 409",
    "method/status",
    { route: ({ method }) => (method === "PUT" ? errorReply(409, "Conflict") : undefined) },
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
    "html-on-html",
    "sends HTML where HTML is accepted",
    "media-type/undocumented",
    {
      reply: (reply, { request }) =>
        reply.status === 200 && request.headers["accept"] === "text/html"
          ? { ...reply, headers: { "content-type": "text/html" }, body: "<dl></dl>" }
          : reply,
    },
  ],
  [
    "404-on-xml",
    "answers 404 where XML is accepted",
    "accept/status",
    {
      route: ({ headers }) =>
        headers["accept"] === "application/xml" ? errorReply(404, "Not Found") : undefined,
    },
  ],
  [
    "refuses-any-type",
    "answers 406 where anything is accepted",
    "status/undocumented",
    {
      route: ({ headers }) =>
        headers["accept"] === "*/*" ? errorReply(406, "Not Acceptable") : undefined,
    },
  ],

  [
    "head-404",
    "answers 404 to HEAD",
    "head/status-differs",
    {
      route: ({ method }) =>
        method === "HEAD"
          ? { status: 404, headers: { "content-type": "application/json" } }
          : undefined,
    },
  ],
  [
    "head-200-always",
    "answers 200 to every HEAD",
    "head/status-differs",
    {
      reply: (reply, { request, tenant }) =>
        request.method === "HEAD" && tenant !== undefined ? { ...reply, status: 200 } : reply,
    },
  ],
  ["head-fails", "fails on HEAD", "head/server-error", failsOn(({ method }) => method === "HEAD")],
  [
    "head-other-type",
    "names another media type on HEAD",
    "head/headers-differ",
    {
      reply: (reply, { request }) =>
        request.method === "HEAD"
          ? { ...reply, headers: { ...reply.headers, "content-type": "text/plain" } }
          : reply,
    },
  ],
  [
    "head-other-length",
    "promises no bytes on HEAD",
    "head/headers-differ",
    {
      reply: (reply, { request }) =>
        request.method === "HEAD" && reply.status === 200
          ? { ...reply, headers: { ...reply.headers, "content-length": "0" } }
          : reply,
    },
  ],
  [
    "head-with-body",
    "sends a body on HEAD",
    "wire/body-not-allowed",
    {
      bytes: (bytes, reply, { method }) =>
        method === "HEAD" && reply.status === 200
          ? Buffer.concat([bytes, Buffer.from(JSON.stringify(reply.body))])
          : bytes,
    },
  ],

  [
    "304-always",
    "answers 304 to any condition",
    "conditional/unjustified-304",
    {
      reply: (reply, { request }) =>
        reply.status === 200 &&
        (request.headers["if-none-match"] ?? request.headers["if-modified-since"]) !== undefined
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
  [
    "304-with-other-tag",
    "changes the tag in a 304",
    "conditional/304-changes-etag",
    onStatus(304, () => ({ headers: { etag: '"other"' } })),
  ],
  [
    "constant-etag",
    "has the same ETag for every body",
    "conditional/etag-unchanged",
    {
      reply: (reply) =>
        reply.status === 200 ? { ...reply, headers: { ...reply.headers, etag: '"1"' } } : reply,
    },
  ],
  [
    "fails-on-bad-date",
    "fails on a date that cannot be read",
    "conditional/server-error",
    failsOn(({ headers }) => headers["if-modified-since"] === "yesterday"),
  ],
  [
    "404-on-condition",
    "answers 404 to a condition",
    "conditional/status",
    {
      route: ({ headers }) =>
        headers["if-none-match"] === undefined ? undefined : errorReply(404, "Not Found"),
    },
  ],
]);
