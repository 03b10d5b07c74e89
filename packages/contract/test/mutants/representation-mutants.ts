import zlib from "node:zlib";
import type { Behavior, Reply } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus } from "./mutant.ts";

function compressed(reply: Reply, etag: string): Reply {
  return {
    ...reply,
    headers: { ...reply.headers, etag, "content-encoding": "gzip", vary: "Accept-Encoding" },
    body: zlib.gzipSync(JSON.stringify(reply.body)),
  };
}

/** Compresses for those who accept it, with a tag of its own. */
function compresses(tag: (plain: string) => string, onHead = true): Behavior {
  return {
    reply: (reply, { request }) => {
      const plain = String(reply.headers["etag"]);
      const isAccepted = request.headers["accept-encoding"] === "gzip";
      return reply.status === 200 && isAccepted && (onHead || request.method === "GET")
        ? compressed(reply, tag(plain))
        : reply;
    },
  };
}

function on304(headers: (reply: Reply) => Reply["headers"]): Behavior {
  return onStatus(304, (reply) => ({ headers: headers(reply) }));
}

/** Providers whose ways to send one resource do not agree. */
export const representationMutants: readonly Mutant[] = mutantsOf(
  [
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
    [
      "head-204",
      "answers 204 to HEAD",
      "head/status-differs",
      {
        reply: (reply, { request }) =>
          request.method === "HEAD" && reply.status === 200
            ? { status: 204, headers: { etag: String(reply.headers["etag"]) } }
            : reply,
      },
    ],
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
      "head-other-tag",
      "has another tag on HEAD",
      "head/headers-differ",
      {
        reply: (reply, { request }) =>
          request.method === "HEAD" && reply.status === 200
            ? { ...reply, headers: { ...reply.headers, etag: '"of nothing"' } }
            : reply,
      },
    ],
    [
      "head-404-length",
      "promises the bytes of a log on HEAD for an id of nothing",
      "head/headers-differ",
      {
        reply: (reply, { request }) =>
          request.method === "HEAD" && reply.status === 404
            ? { ...reply, headers: { ...reply.headers, "content-length": "999" } }
            : reply,
      },
    ],
    [
      "head-plain-length",
      "promises the plain bytes on HEAD, and compresses on GET",
      "head/coding-differs",
      compresses((plain) => `W/${plain}`, false),
    ],
    [
      "304-length-of-nothing",
      "promises no bytes in a 304",
      "conditional/304-content-length",
      on304((reply) => ({ ...reply.headers, "content-length": "0" })),
    ],
    [
      "304-length-of-error",
      "promises other bytes in a 304",
      "conditional/304-content-length",
      on304((reply) => ({ ...reply.headers, "content-length": "12" })),
    ],
    [
      "304-length-one-more",
      "promises one byte too many in a 304",
      "conditional/304-content-length",
      on304((reply) => ({ ...reply.headers, "content-length": "4096" })),
    ],
    [
      "304-without-etag",
      "leaves the tag out of a 304",
      "conditional/304-headers",
      on304(({ headers: { etag: _etag, ...headers } }) => headers),
    ],
    [
      "304-without-cache-control",
      "leaves Cache-Control out of a 304",
      "conditional/304-headers",
      on304(({ headers: { "cache-control": _control, ...headers } }) => headers),
    ],
    [
      "304-weak",
      "makes the tag weak in a 304",
      "conditional/304-headers",
      on304((reply) => ({ ...reply.headers, etag: `W/${String(reply.headers["etag"])}` })),
    ],
    [
      "304-other-type",
      "names another media type in a 304",
      "conditional/304-headers",
      on304((reply) => ({ ...reply.headers, "content-type": "text/html" })),
    ],
    [
      "304-other-coding",
      "names a coding in a 304 that the body does not have",
      "conditional/304-headers",
      on304((reply) => ({ ...reply.headers, "content-encoding": "gzip" })),
    ],
    [
      "304-without-vary",
      "leaves Vary out of a 304",
      "conditional/304-headers",
      onStatus(200, (reply) => ({ headers: { ...reply.headers, vary: "Accept-Encoding" } })),
    ],
    [
      "one-tag-for-codings",
      "has one strong tag for plain and for gzip",
      "cache/strong-etag-for-codings",
      compresses((plain) => plain),
      { shownBy: ["accept"] },
    ],
    [
      "one-tag-everywhere",
      "takes the tag of the record for plain and for gzip",
      "cache/strong-etag-for-codings",
      {
        reply: (reply, situation) =>
          reply.status === 200 && situation.request.headers["accept-encoding"] === "gzip"
            ? compressed(reply, '"v1"')
            : { ...reply, headers: { ...reply.headers, etag: '"v1"' } },
      },
      { shownBy: ["accept"] },
    ],
    [
      "one-tag-for-brotli",
      "has one strong tag for plain and for brotli",
      "cache/strong-etag-for-codings",
      {
        reply: (reply, { request }) =>
          reply.status === 200 && request.headers["accept-encoding"] === "br"
            ? {
                ...reply,
                headers: { ...reply.headers, "content-encoding": "br", vary: "Accept-Encoding" },
                body: zlib.brotliCompressSync(JSON.stringify(reply.body)),
              }
            : reply,
      },
      { shownBy: ["accept"] },
    ],
  ],
  { shownBy: ["head", "conditional"] },
);
