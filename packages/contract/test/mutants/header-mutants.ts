import type { Mutant, MutantRow } from "./mutant.ts";
import { mutantsOf, success, successHeaders, documentWith } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { logs } from "./world.ts";

/** Responses whose media type or headers are wrong. */
export const headerMutants: readonly Mutant[] = mutantsOf([
  ["empty-body", "sends no body", "media-type/body-missing", success(() => ({ body: "" }))],
  [
    "html-body",
    "sends HTML",
    "media-type/undocumented",
    success((reply) => ({
      headers: { ...reply.headers, "content-type": "text/html" },
      body: "<p>OK</p>",
    })),
  ],
  [
    "text-type",
    "calls its JSON plain text",
    "media-type/undocumented",
    successHeaders({ "content-type": "text/plain" }),
  ],
  [
    "problem-json",
    "calls its error problem+json",
    "media-type/undocumented",
    {
      reply: (reply) =>
        reply.status === 404
          ? { ...reply, headers: { "content-type": "application/problem+json" } }
          : reply,
    },
  ],
  [
    "html-404",
    "sends 404 as HTML",
    "media-type/undocumented",
    {
      reply: (reply) =>
        reply.status === 404
          ? { ...reply, headers: { "content-type": "text/html" }, body: "<h1>Not Found</h1>" }
          : reply,
    },
  ],
  [
    "no-content-type",
    "names no media type",
    "media-type/missing",
    success((reply) => ({
      headers: Object.fromEntries(
        Object.entries(reply.headers).filter(([name]) => name !== "content-type"),
      ),
    })),
  ],
  [
    "wrong-charset",
    "calls its UTF-8 Latin-1",
    "media-type/charset",
    successHeaders({ "content-type": "application/json; charset=iso-8859-1" }),
  ],
  [
    "wrong-charset-on-errors",
    "calls its errors UTF-16",
    "media-type/charset",
    {
      reply: (reply) =>
        reply.status === 404
          ? { ...reply, headers: { "content-type": "application/json; charset=utf-16" } }
          : reply,
    },
  ],
  [
    "two-content-types",
    "sends two media types",
    "header/duplicate",
    successHeaders({ "content-type": ["application/json", "text/html"] }),
  ],
  ["unquoted-etag", "does not quote its ETag", "header/etag", successHeaders({ etag: "abc" })],
  [
    "bad-last-modified",
    "writes Last-Modified as ISO 8601",
    "header/http-date",
    successHeaders({ "last-modified": "2026-03-01T08:00:00Z" }),
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
    { shownBy: ["accept"] },
  ],
  [
    "bad-retry-after",
    "throttles with a Retry-After that cannot be read",
    "header/retry-after",
    {
      route: ({ headers }) =>
        headers["accept-encoding"] === "br" && logs.length > 0
          ? {
              ...errorReply(429, "Too Many Requests"),
              headers: { "content-type": "application/json", "retry-after": "soon" },
            }
          : undefined,
    },
    { shownBy: ["accept"] },
  ],
  [
    "no-request-id",
    "leaves out a header that is required",
    "header/missing",
    {},
    {
      document: documentWith(
        '"200":{',
        '"200":{"headers":{"X-Request-Id":{"required":true,"schema":{"type":"string"}}},',
      ),
    },
  ],
  [
    "retry-after-as-text",
    "throttles with a Retry-After that is not a number",
    "header/schema",
    {
      route: ({ headers }) =>
        headers["accept-encoding"] === "br"
          ? {
              ...errorReply(429, "Too Many Requests"),
              headers: { "content-type": "application/json", "retry-after": "soon" },
            }
          : undefined,
    },
    {
      shownBy: ["accept"],
      document: documentWith(
        '"schema":{"type":"string"},"example":"30"',
        '"schema":{"type":"integer"},"example":"30"',
      ),
    },
  ],
  ["slow", "takes longer than is allowed", "latency/too-slow", {}, { maxLatencyMs: 0 }],
  [
    "date-far-off",
    "has a clock that is a day ahead",
    "header/date-off",
    successHeaders({ date: new Date(Date.now() + 86_400_000).toUTCString() }),
  ],
  [
    "date-epoch",
    "has a clock that was never set",
    "header/date-off",
    successHeaders({ date: "Thu, 01 Jan 1970 00:00:07 GMT" }),
  ],
  [
    "date-behind",
    "has a clock that is half an hour behind",
    "header/date-off",
    successHeaders({ date: new Date(Date.now() - 1_800_000).toUTCString() }),
  ],
  [
    "modified-later",
    "was modified tomorrow",
    "header/date-off",
    successHeaders({ "last-modified": new Date(Date.now() + 86_400_000).toUTCString() }),
  ],
  [
    "date-of-no-day",
    "was modified on a 31st of February",
    "header/http-date",
    successHeaders({ "last-modified": "Tue, 31 Feb 2026 08:00:00 GMT" }),
  ],
  [
    "date-of-other-weekday",
    "was modified on another weekday than it says",
    "header/http-date",
    successHeaders({ "last-modified": "Mon, 01 Mar 2026 08:00:00 GMT" }),
  ],
  ...(
    [
      ["retry-after-no-date", "Wed, 99 Foo 2026 08:00:00 GMT"],
      ["retry-after-no-hour", "Sun, 01 Mar 2026 25:61:00 GMT"],
      ["retry-after-iso", "2026-03-01T08:00:00Z"],
      ["retry-after-fraction", "1.5"],
    ] as const
  ).map(([id, value]): MutantRow => [
    id,
    `throttles with Retry-After: ${value}`,
    "header/retry-after",
    {
      route: ({ headers }) =>
        headers["accept-encoding"] === "br"
          ? {
              ...errorReply(429, "Too Many Requests"),
              headers: { "content-type": "application/json", "retry-after": value },
            }
          : undefined,
    },
    { shownBy: ["accept"] },
  ]),
]);
