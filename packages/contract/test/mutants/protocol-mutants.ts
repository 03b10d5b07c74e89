import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, sentKeys } from "./mutant.ts";
import { errorReply, tenantOfKey } from "./start-provider.ts";

/** Providers that get methods, keys or conditional requests wrong. */
export const protocolMutants: readonly Mutant[] = mutantsOf([
  [
    "method-error-status-differs",
    "names another status in the body of a 405",
    "error/body-status-differs",
    onStatus(405, () => ({ body: errorReply(404, "Not Found").body })),
    { shownBy: ["method"] },
  ],
  [
    "any-of-two-keys",
    "is content with one right key of several",
    "auth/any-of-two-keys-accepted",
    {
      authenticate: (request, plain) =>
        plain ??
        sentKeys(request)
          .map(tenantOfKey)
          .find((tenant) => tenant !== undefined),
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
]);
