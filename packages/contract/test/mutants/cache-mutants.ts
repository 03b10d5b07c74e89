import zlib from "node:zlib";
import type { Behavior, Reply } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, successHeaders } from "./mutant.ts";

const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();

function withoutCacheControl({ headers }: Reply): Reply["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "cache-control"));
}

/** Lets caches keep a success by another header than Cache-Control. */
function keptBy(headers: Reply["headers"]): Behavior {
  return onStatus(200, (reply) => ({ headers: { ...withoutCacheControl(reply), ...headers } }));
}

/** Compresses what may be, without saying that it depends on the request. */
function compressesWithout(change: (headers: Reply["headers"]) => Reply["headers"]): Behavior {
  return {
    reply: (reply, { request }) =>
      /gzip/.test(request.headers["accept-encoding"] ?? "") &&
      !/q=0/.test(request.headers["accept-encoding"] ?? "") &&
      typeof reply.body === "object"
        ? {
            ...reply,
            headers: change({
              ...withoutCacheControl(reply),
              "cache-control": "private, no-cache",
              etag: '"gzip"',
              "content-encoding": "gzip",
            }),
            body: zlib.gzipSync(JSON.stringify(reply.body)),
          }
        : reply,
  };
}

/** Providers that tell caches the wrong things. */
export const cacheMutants: readonly Mutant[] = mutantsOf([
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
    "cache-expires",
    "has an Expires alone",
    "leak/cacheable-by-others",
    keptBy({ expires: inAnHour }),
  ],
  [
    "cache-cdn",
    "lets a CDN keep it",
    "leak/cacheable-by-others",
    successHeaders({ "cdn-cache-control": "max-age=300" }),
  ],
  [
    "cache-surrogate",
    "lets a surrogate keep it",
    "leak/cacheable-by-others",
    successHeaders({ "surrogate-control": "max-age=3600" }),
  ],
  [
    "cache-accel",
    "lets nginx keep it",
    "leak/cacheable-by-others",
    successHeaders({ "x-accel-expires": "60" }),
  ],
  [
    "cache-edge",
    "lets a CDN of another notation keep it",
    "leak/cacheable-by-others",
    successHeaders({ "edge-control": "cache-maxage=60m" }),
  ],
  [
    "cache-cloudflare",
    "lets one CDN keep it while it is revalidated",
    "leak/cacheable-by-others",
    successHeaders({ "cloudflare-cdn-cache-control": "max-age=0, stale-while-revalidate=600" }),
  ],
  [
    "404-cacheable",
    "lets a 404 be kept",
    "cache/error-cacheable",
    onStatus(404, (reply) => ({ headers: { ...reply.headers, "cache-control": "max-age=300" } })),
  ],
  [
    "401-cacheable",
    "lets everybody keep a 401",
    "cache/error-cacheable",
    onStatus(401, (reply) => ({
      headers: { ...reply.headers, "cache-control": "public, max-age=60" },
    })),
    { shownBy: ["auth"] },
  ],
  [
    "400-expires",
    "has an Expires in an hour with a 400",
    "cache/error-cacheable",
    onStatus(400, (reply) => ({ headers: { ...reply.headers, expires: inAnHour } })),
    { shownBy: ["path"] },
  ],
  [
    "404-cdn",
    "lets a CDN keep a 404",
    "cache/error-cacheable",
    onStatus(404, (reply) => ({
      headers: { ...reply.headers, "cache-control": "no-cache", "surrogate-control": "max-age=60" },
    })),
  ],
  [
    "gzip-without-vary",
    "compresses without Vary",
    "cache/vary-missing",
    compressesWithout((headers) => headers),
    { shownBy: ["accept"] },
  ],
  [
    "gzip-other-vary",
    "compresses with another Vary",
    "cache/vary-missing",
    compressesWithout((headers) => ({ ...headers, vary: "Origin, Accept" })),
    { shownBy: ["accept"] },
  ],
  [
    "gzip-public-vary",
    "compresses without Vary what is revalidated",
    "cache/vary-missing",
    compressesWithout((headers) => ({ ...headers, "cache-control": "no-cache" })),
    { shownBy: ["accept"] },
  ],
  [
    "origin-without-vary",
    "repeats the origin without Vary",
    "cache/vary-missing",
    {
      reply: (reply, { request }) => ({
        ...reply,
        headers: {
          ...withoutCacheControl(reply),
          ...(request.headers["origin"] === undefined
            ? {}
            : { "access-control-allow-origin": request.headers["origin"] }),
        },
      }),
    },
    { shownBy: ["cors"] },
  ],
]);
