import { Buffer } from "node:buffer";
import zlib from "node:zlib";
import type { Reply } from "./behavior.ts";
import { gatewayVariants } from "./gateway-variants.ts";
import { listVariants } from "./list-variants.ts";
import { errorReply } from "./start-provider.ts";
import type { Variant } from "./variant.ts";
import { volatileVariants } from "./volatile-variants.ts";
import type { SyncLog } from "./world.ts";

const times = new Set([
  "startedAt",
  "completedAt",
  "preparationCompletedAt",
  "minDate",
  "createdAt",
  "updatedAt",
]);

function mapTimes(log: SyncLog, change: (time: string) => string): unknown {
  return Object.fromEntries(
    Object.entries(log).map(([name, value]) => [
      name,
      times.has(name) && typeof value === "string" ? change(value) : value,
    ]),
  );
}

function compressed(reply: Reply, coding: string | undefined): Reply {
  if (typeof reply.body !== "object" || reply.body === null || coding === undefined) return reply;
  const bytes = Buffer.from(JSON.stringify(reply.body));
  const body =
    coding === "br"
      ? zlib.brotliCompressSync(bytes)
      : coding === "gzip"
        ? zlib.gzipSync(bytes)
        : zlib.deflateSync(bytes);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      "content-encoding": coding,
      vary: "Accept-Encoding",
      etag: `W/${String(reply.headers["etag"])}`,
    },
    body,
  };
}

function chosenCoding(accepted = ""): string | undefined {
  const offered = new Set(accepted.split(",").map((one) => one.trim()));
  return ["br", "gzip", "deflate"].find((coding) => offered.has(coding));
}

/** Every one of them keeps the contract. */
export const variants: readonly Variant[] = [
  { id: "plain", does: "is the plain correct provider", behavior: {} },
  {
    id: "optional-absent",
    does: "leaves out what is null",
    behavior: {
      log: (log) => Object.fromEntries(Object.entries(log).filter(([, value]) => value !== null)),
    },
  },
  {
    id: "extra-fields",
    does: "has fields that are not documented",
    behavior: { log: (log) => ({ ...log, notDocumented: "eu", attempt: { number: 2, of: 3 } }) },
    warnings: ["schema/undocumented-property"],
  },
  {
    id: "malformed-gets-404",
    does: "answers malformed ids with 404",
    behavior: {
      reply: (reply) => (reply.status === 400 ? errorReply(404, "Sync log not found") : reply),
    },
  },
  {
    id: "compressed",
    does: "compresses if the client accepts it",
    behavior: {
      reply: (reply, { request }) =>
        compressed(reply, chosenCoding(request.headers["accept-encoding"])),
    },
  },
  {
    id: "chunked",
    does: "sends bodies in chunks",
    behavior: {
      reply: (reply, { request }) =>
        reply.body === undefined || request.method === "HEAD"
          ? reply
          : { ...reply, headers: { ...reply.headers, "transfer-encoding": "chunked" } },
    },
  },
  {
    id: "no-keep-alive",
    does: "closes the connection after each response",
    behavior: {
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, connection: "close" } }),
    },
  },
  {
    id: "other-key-order",
    does: "orders the fields in another way each time",
    behavior: {
      log: (log, { readings }) =>
        Object.fromEntries(
          Object.entries(log).toSorted(([a], [b]) =>
            readings % 2 === 0 ? a.localeCompare(b) : b.localeCompare(a),
          ),
        ),
    },
  },
  {
    id: "fractional-seconds",
    does: "writes times with nine digits of a second",
    behavior: { log: (log) => mapTimes(log, (time) => time.replace(/\.\d+Z$/, ".123456789Z")) },
  },
  {
    id: "lower-case-times",
    does: "writes times in lower case",
    behavior: { log: (log) => mapTimes(log, (time) => time.toLowerCase()) },
  },
  {
    id: "shared-message",
    does: "has the same message for the failed logs of two tenants",
    behavior: {
      log: (log) =>
        log["status"] === "failed" ? { ...log, errorMessage: "The data source is gone." } : log,
    },
  },
  {
    id: "no-fraction",
    does: "writes times in whole seconds",
    behavior: { log: (log) => mapTimes(log, (time) => time.replace(/\.\d+Z$/, "Z")) },
  },
  {
    id: "offsets",
    does: "writes times with an offset",
    behavior: {
      log: (log) =>
        mapTimes(
          log,
          (time) => `${new Date(Date.parse(time) + 7_200_000).toISOString().slice(0, -1)}+02:00`,
        ),
    },
  },
  {
    id: "method-gets-404",
    does: "answers other methods with 404",
    behavior: {
      route: ({ method }) =>
        ["GET", "HEAD", "OPTIONS"].includes(method) ? undefined : errorReply(404, "Not Found"),
    },
  },
  {
    id: "no-head",
    does: "does not offer HEAD and OPTIONS, and says so",
    behavior: {
      route: ({ method }) =>
        method === "GET"
          ? undefined
          : {
              ...errorReply(405, "Method Not Allowed"),
              headers: { "content-type": "application/json", allow: "GET" },
            },
    },
  },
  {
    id: "strict-accept",
    does: "answers 406 where JSON is not accepted",
    behavior: {
      route: ({ headers }) =>
        /json(?!;q=0)|\*/.test(headers["accept"] ?? "*/*")
          ? undefined
          : errorReply(406, "Not Acceptable"),
    },
  },
  {
    id: "no-validators",
    does: "sends no ETag, and ignores conditions",
    behavior: {
      reply: (reply) => {
        const { etag: _etag, ...headers } = reply.headers;
        return { ...reply, headers };
      },
    },
  },
  {
    id: "open-cors",
    does: "lets every origin read, without credentials",
    behavior: {
      reply: (reply) => ({
        ...reply,
        headers: {
          ...reply.headers,
          "access-control-allow-origin": "*",
          "access-control-allow-headers": "x-api-key",
        },
      }),
    },
  },
  {
    id: "names-the-id",
    does: "names the id that was not found, escaped",
    behavior: {
      reply: (reply, { id }) =>
        reply.status === 404
          ? errorReply(404, `Sync log ${encodeURIComponent(id)} not found`)
          : reply,
    },
  },
  {
    id: "pretty",
    does: "indents its JSON, without a charset, and ends it with a line break",
    behavior: {
      reply: (reply) =>
        typeof reply.body === "object"
          ? {
              ...reply,
              headers: { ...reply.headers, "content-type": "application/json" },
              body: `${JSON.stringify(reply.body, undefined, 2)}\n`,
            }
          : reply,
    },
  },
  ...volatileVariants,
  ...gatewayVariants,
  ...listVariants,
];
