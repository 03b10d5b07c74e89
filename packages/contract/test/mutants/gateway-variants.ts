import { Buffer } from "node:buffer";
import type { Reply } from "./behavior.ts";
import { errorReply } from "./start-provider.ts";
import type { Variant } from "./variant.ts";

/** An error as a gateway sends it by itself. */
function page(status: number, title: string): Reply {
  const body = `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { "content-type": "text/html", server: "gateway" }, body };
}

/** Correct providers with something in front of them, or with less than HTTP offers. */
export const gatewayVariants: readonly Variant[] = [
  {
    id: "gateway",
    does: "is behind a gateway that refuses null bytes, bad encodings, long paths and TRACE with pages of its own",
    behavior: {
      route: ({ method, path }) => {
        if (method === "TRACE") return page(405, "Not Allowed");
        if (path.length > 2000) return page(414, "Request-URI Too Large");
        return /%00|%(?![0-9a-f]{2})/i.test(path) ? page(400, "Bad Request") : undefined;
      },
    },
    warnings: ["method/405-without-allow"],
  },
  {
    id: "strict-gateway",
    does: "is behind a gateway that refuses control characters, slashes and dots in encodings",
    behavior: {
      route: ({ path }) =>
        /%(?:[01][0-9a-f]|7f|2f|5c|2e|c0|c1)/i.test(path) ? page(400, "Bad Request") : undefined,
    },
  },
  {
    id: "not-implemented",
    does: "answers 501 to HEAD, OPTIONS and all other methods",
    behavior: {
      route: ({ method }) => (method === "GET" ? undefined : errorReply(501, "Not Implemented")),
    },
  },
  {
    id: "http-1.0",
    does: "speaks HTTP/1.0",
    behavior: {
      bytes: (bytes) =>
        Buffer.from(bytes.toString("latin1").replace("HTTP/1.1", "HTTP/1.0"), "latin1"),
    },
  },
  {
    id: "modified-dates",
    does: "answers conditions on dates, and has no tags",
    behavior: {
      reply: (reply, { request }) => {
        const { etag: _etag, ...headers } = reply.headers;
        if (reply.status !== 200 && reply.status !== 304) return reply;
        const modified = { ...headers, "last-modified": "Sun, 01 Mar 2026 08:10:00 GMT" };
        const since = Date.parse(request.headers["if-modified-since"] ?? "");
        return since >= Date.parse(modified["last-modified"])
          ? { status: 304, headers: modified }
          : { ...reply, headers: modified };
      },
    },
  },
  {
    id: "varying",
    does: "has Vary in every response, 304 included",
    behavior: {
      reply: (reply) => ({
        ...reply,
        headers: { ...reply.headers, vary: "Accept-Encoding, Origin" },
      }),
    },
  },
  {
    id: "security-headers",
    does: "has the usual headers of a middleware for security",
    behavior: {
      reply: (reply) => ({
        ...reply,
        headers: {
          ...reply.headers,
          "content-security-policy": "default-src 'self' http://localhost:*; base-uri 'self'",
          "strict-transport-security": "max-age=31536000; includeSubDomains",
          "x-content-type-options": "nosniff",
          "x-frame-options": "SAMEORIGIN",
          via: "1.1 varnish, 1.1 edge-7.example.com",
          "x-powered-by": "Framework/10.2.3.1",
        },
      }),
    },
  },
  {
    id: "paged-tokens",
    does: "has fields that are tokens to be sent back, and addresses of the public",
    behavior: {
      log: (log) => ({
        ...log,
        nextPageToken: "b2Zmc2V0PTEw",
        tokens: 1200,
        docs: "https://docs.example.com/logs",
        version: "1.10.0.7",
      }),
    },
    warnings: ["schema/undocumented-property"],
  },
];
