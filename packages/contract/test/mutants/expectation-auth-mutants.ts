import { Buffer } from "node:buffer";
import { acceptsKey, alsoFrom } from "./accepts-key.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, sentKeys } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { logs, own } from "./world.ts";

/** Providers that let the wrong keys in, or keep the right ones out. */
export const expectationAuthMutants: readonly Mutant[] = mutantsOf([
  [
    "no-auth",
    "asks for no key",
    "auth/missing-key-accepted",
    { authenticate: (_request, plain) => plain ?? own },
  ],
  [
    "empty-key",
    "accepts an empty key",
    "auth/empty-key-accepted",
    { authenticate: ({ headers }, plain) => (headers["x-api-key"] === "" ? own : plain) },
  ],
  [
    "any-key",
    "accepts any key",
    "auth/wrong-key-accepted",
    {
      authenticate: ({ headers }, plain) =>
        plain ?? (headers["x-api-key"] === undefined ? undefined : own),
    },
  ],
  [
    "key-shape-only",
    "accepts whatever looks like a key",
    "auth/wrong-key-accepted",
    {
      authenticate: ({ headers }, plain) =>
        plain ?? (/^q_sk_\w{20,}/.test(headers["x-api-key"] ?? "") ? own : undefined),
    },
  ],
  [
    "key-prefix",
    "accepts the beginning of a key",
    "auth/key-prefix-accepted",
    acceptsKey((sent, key) => sent.length > 8 && key.startsWith(sent)),
  ],
  [
    "key-suffix",
    "accepts the end of a key",
    "auth/key-suffix-accepted",
    acceptsKey((sent, key) => sent.length > 8 && key.endsWith(sent)),
  ],
  [
    "key-extended",
    "accepts what begins with a key",
    "auth/key-extended-accepted",
    acceptsKey((sent, key) => sent.startsWith(key)),
  ],
  [
    "key-case",
    "compares keys without case",
    "auth/key-case-ignored",
    acceptsKey((sent, key) => sent.toLowerCase() === key.toLowerCase()),
  ],
  [
    "key-in-query",
    "accepts the key in the query",
    "auth/key-in-query-accepted",
    alsoFrom(({ query }) => query.get("X-API-Key")),
  ],
  [
    "key-in-query-api-key",
    "accepts the key as api_key in the query",
    "auth/key-in-query-accepted",
    alsoFrom(({ query }) => query.get("api_key")),
  ],
  [
    "key-in-cookie",
    "accepts the key in a cookie",
    "auth/key-in-cookie-accepted",
    alsoFrom(({ headers }) => /api_key=([^;]+)/.exec(headers["cookie"] ?? "")?.[1]),
  ],
  [
    "bearer",
    "accepts the key as a bearer token",
    "auth/bearer-accepted",
    alsoFrom(({ headers }) => /^Bearer (.+)/.exec(headers["authorization"] ?? "")?.[1]),
  ],
  [
    "basic",
    "accepts the key as a basic credential",
    "auth/basic-accepted",
    alsoFrom(
      ({ headers }) =>
        Buffer.from(/^Basic (.+)/.exec(headers["authorization"] ?? "")?.[1] ?? "", "base64")
          .toString()
          .split(":")[0],
    ),
  ],
  [
    "header-case",
    "reads the name of the header with its case",
    "auth/lower-case-header-refused",
    {
      authenticate: ({ rawHeaders }, plain) =>
        rawHeaders.includes("X-API-Key") ? plain : undefined,
    },
  ],
  [
    "404-without-key",
    "answers 404 without a key",
    "auth/unauthenticated-status",
    onStatus(401, () => errorReply(404, "Not Found")),
  ],
  [
    "400-without-key",
    "answers 400 without a key",
    "auth/unauthenticated-status",
    onStatus(401, () => errorReply(400, "X-API-Key is missing")),
  ],
  [
    "412-without-key",
    "answers 412 without a key for a log that exists",
    "auth/unauthenticated-status",
    onStatus(401, (reply, { id, request }) => {
      const isHit = request.headers["if-match"] !== undefined && logs.some((log) => log.id === id);
      return isHit ? errorReply(412, "The tag is another one") : reply;
    }),
  ],
  [
    "400-before-401",
    "validates ids before it looks at the key",
    "auth/400-before-401",
    { validatesFirst: true },
  ],
  [
    "404-before-401",
    "looks the log up before it looks at the key",
    "auth/404-before-401",
    { findsFirst: true, find: ({ id }, plain) => plain ?? logs.find((log) => log.id === id) },
  ],
  [
    "head-without-key",
    "asks for no key on HEAD",
    "auth/missing-key-accepted",
    { authenticate: ({ method }, plain) => plain ?? (method === "HEAD" ? own : undefined) },
  ],
  [
    "404-on-two-keys",
    "answers 404 to a key that is sent twice",
    "auth/duplicate-key-status",
    {
      route: (request) => (sentKeys(request).length > 1 ? errorReply(404, "Not Found") : undefined),
    },
  ],
  [
    "head-wrong-key",
    "takes any key on HEAD",
    "auth/wrong-key-accepted",
    {
      authenticate: ({ method, headers }, plain) =>
        plain ?? (method === "HEAD" && headers["x-api-key"] !== undefined ? own : undefined),
    },
  ],
  [
    "304-without-key",
    "compares tags before it looks at the key",
    "auth/missing-key-accepted",
    {
      reply: (reply, { request, id }) =>
        reply.status === 401 &&
        request.headers["if-none-match"] !== undefined &&
        logs.some((log) => log.id === id)
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
  [
    "304-without-key-by-date",
    "compares dates before it looks at the key",
    "auth/missing-key-accepted",
    {
      reply: (reply, { request }) =>
        reply.status === 401 && request.headers["if-modified-since"] !== undefined
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
  [
    "304-with-wrong-key",
    "compares tags before it looks whose key it is",
    "auth/wrong-key-accepted",
    {
      reply: (reply, { request }) =>
        reply.status === 401 &&
        request.headers["x-api-key"] !== undefined &&
        request.headers["if-none-match"] !== undefined
          ? { status: 304, headers: {} }
          : reply,
    },
  ],
  [
    "range-without-key",
    "sends ranges without a key",
    "auth/missing-key-accepted",
    {
      reply: (reply, { request }) =>
        reply.status === 401 && request.headers["range"] !== undefined
          ? { ...reply, status: 206 }
          : reply,
    },
  ],
]);
