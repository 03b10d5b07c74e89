import { Buffer } from "node:buffer";
import zlib from "node:zlib";
import type { Behavior, ProviderRequest, Reply } from "./behavior.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, success, successHeaders, served } from "./mutant.ts";

/** Changes the head of every success on the wire. */
function successHead(change: (head: string) => string): Behavior {
  return onSuccess((bytes) => {
    const end = bytes.indexOf("\r\n\r\n") + 4;
    return Buffer.concat([
      Buffer.from(change(bytes.subarray(0, end).toString("latin1")), "latin1"),
      bytes.subarray(end),
    ]);
  });
}

function onSuccess(change: (bytes: Buffer, request: ProviderRequest) => Buffer): Behavior {
  return {
    bytes: (bytes: Buffer, reply: Reply, request) =>
      reply.status === 200 && request.method === "GET" ? change(bytes, request) : bytes,
  };
}

function chunkedAs(write: (body: string) => string): Behavior {
  return onSuccess((bytes) => {
    const end = bytes.indexOf("\r\n\r\n") + 4;
    const head = bytes
      .subarray(0, end)
      .toString("latin1")
      .replace(/content-length: \d+/, "transfer-encoding: chunked");
    return Buffer.from(head + write(bytes.subarray(end).toString("latin1")), "latin1");
  });
}

const hex = (text: string): string => Buffer.byteLength(text).toString(16);

/** Responses whose bytes or codings are wrong. */
export const wireMutants: readonly Mutant[] = mutantsOf([
  [
    "length-too-large",
    "promises more bytes than it sends",
    "wire/body-shorter-than-content-length",
    successHead((head) =>
      head.replace(
        /content-length: (\d+)/,
        (_all, length) => `content-length: ${Number(length) + 10}`,
      ),
    ),
  ],
  [
    "length-too-small",
    "sends more bytes than it promises",
    "wire/bytes-after-body",
    successHead((head) =>
      head.replace(
        /content-length: (\d+)/,
        (_all, length) => `content-length: ${Number(length) - 1}`,
      ),
    ),
  ],
  [
    "length-not-a-number",
    "promises a length that is not a number",
    "wire/content-length-invalid",
    successHead((head) => head.replace(/content-length: \d+/, "content-length: -1")),
  ],
  [
    "two-lengths",
    "promises two numbers of bytes",
    "wire/content-length-conflict",
    successHead((head) => head.replace(/(content-length: )(\d+)/, "$1$2\r\n$11")),
  ],
  [
    "length-and-chunked",
    "sends chunks and promises a number of bytes",
    "wire/content-length-conflict",
    onSuccess((bytes) =>
      Buffer.from(
        bytes
          .toString("latin1")
          .replace("\r\n\r\n", "\r\ntransfer-encoding: chunked\r\n\r\n")
          .replace(
            /\r\n\r\n([^]*)$/,
            (_all, body) => `\r\n\r\n${hex(body)}\r\n${body}\r\n0\r\n\r\n`,
          ),
        "latin1",
      ),
    ),
  ],
  [
    "chunk-too-long",
    "sends a chunk that is longer than its size",
    "wire/chunked-framing",
    chunkedAs((body) => `${hex(body.slice(1))}\r\n${body}\r\n0\r\n\r\n`),
  ],
  [
    "no-last-chunk",
    "ends without the last chunk",
    "wire/chunked-framing",
    chunkedAs((body) => `${hex(body)}\r\n${body}\r\n`),
  ],
  [
    "bytes-after-chunks",
    "sends more after the last chunk",
    "wire/bytes-after-body",
    chunkedAs((body) => `${hex(body)}\r\n${body}\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n`),
  ],
  [
    "bare-line-feeds",
    "ends its header lines with LF",
    "wire/malformed-head",
    successHead((head) => head.replaceAll("\r\n", "\n")),
  ],
  [
    "broken-header",
    "sends a header line without a colon",
    "wire/malformed-head",
    successHead((head) => head.replace("\r\n", "\r\nX-Broken\r\n")),
  ],
  [
    "connection-cut",
    "closes the connection on an unknown query",
    "wire/connection-cut",
    {
      route: ({ query }) =>
        [...query.keys()].some((name) => name.startsWith("utm")) ? "cut" : undefined,
    },
  ],
  [
    "cut-on-long-id",
    "closes the connection on a long id",
    "wire/connection-cut",
    { route: ({ path }) => (path.length > 2000 ? "cut" : undefined) },
    { shownBy: ["path"] },
  ],
  [
    "hangs-on-unicode",
    "never answers an id with letters that are not ASCII",
    "wire/timeout",
    { route: ({ path }) => (/%EF%BD/i.test(path) ? "hang" : undefined) },
    { timeoutMs: 1500, shownBy: ["path"] },
  ],
  [
    "gzip-without-header",
    "compresses without saying so",
    "wire/content-encoding-mismatch",
    success((reply) => ({ body: zlib.gzipSync(JSON.stringify(reply.body)) })),
  ],
  [
    "header-without-gzip",
    "says gzip and does not compress",
    "wire/content-encoding-mismatch",
    successHeaders({ "content-encoding": "gzip" }),
  ],
  [
    "broken-gzip",
    "sends half of the gzip",
    "wire/content-encoding-mismatch",
    success((reply) => ({
      headers: { ...reply.headers, "content-encoding": "gzip" },
      body: zlib.gzipSync(JSON.stringify(reply.body)).subarray(0, 60),
    })),
  ],
  [
    "gzip-for-everybody",
    "compresses for those who refuse it",
    "wire/content-encoding-refused",
    success((reply) => ({
      headers: { ...reply.headers, "content-encoding": "gzip" },
      body: zlib.gzipSync(JSON.stringify(reply.body)),
    })),
    { shownBy: ["accept"] },
  ],
  [
    "length-in-characters",
    "counts characters, not bytes",
    "wire/bytes-after-body",
    {
      log: (log) => ({ ...log, workflowId: "synchronisé" }),
      ...successHead((head) =>
        head.replace(
          /content-length: (\d+)/,
          (_all, length) => `content-length: ${Number(length) - 1}`,
        ),
      ),
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
    { shownBy: ["head"] },
  ],
  [
    "endless-body",
    "sends more than anybody can read",
    "wire/too-large",
    {
      route: ({ headers }) =>
        headers["accept"] === "*/*"
          ? { ...served, body: Buffer.alloc(17 * 1024 * 1024, 0x20) }
          : undefined,
    },
    { timeoutMs: 20_000, shownBy: ["accept"] },
  ],
]);
