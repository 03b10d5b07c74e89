import { Buffer } from "node:buffer";
import { acceptsKey, alsoFrom } from "./accepts-key.ts";
import type { Mutant, MutantRow } from "./mutant.ts";
import { mutantsOf } from "./mutant.ts";
import { own } from "./world.ts";

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Lets a request in without a key where it has a header. */
function claims(
  rows: readonly (readonly [id: string, header: string, does: string, what: "proxy" | "method"])[],
): readonly MutantRow[] {
  return rows.map(([id, header, does, what]) => [
    id,
    does,
    `auth/claimed-${what}-accepted`,
    {
      authenticate: ({ headers }, plain) =>
        plain ?? (headers[header] === undefined ? undefined : own),
    },
  ]);
}

/** Providers that take something else for the key. */
export const expectationKeyMutants: readonly Mutant[] = mutantsOf([
  [
    "key-percent-decoded",
    "decodes the key",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => decode(sent) === key),
  ],
  [
    "key-unquoted",
    "takes the quotes off the key",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => sent.replaceAll(/^["']|["']$/g, "") === key),
  ],
  [
    "key-trimmed-inside",
    "takes all blanks out of the key",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => sent.replaceAll(/\s/g, "") === key),
  ],
  [
    "key-from-list",
    "takes the first one of a list of keys",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => sent.split(/[,;]/)[0] === key),
  ],
  [
    "key-from-base64",
    "takes the key in base64",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => sent === key || Buffer.from(sent, "base64").toString() === key),
  ],
  [
    "key-letters-only",
    "compares what is a letter or a digit",
    "auth/key-normalized-accepted",
    acceptsKey((sent, key) => sent.replaceAll(/\W/g, "") === key),
  ],
  [
    "key-prefix-case",
    "compares the prefix of the key without case",
    "auth/key-case-ignored",
    acceptsKey(
      (sent, key) =>
        sent.slice(0, 5).toLowerCase() === key.slice(0, 5) && sent.slice(5) === key.slice(5),
    ),
  ],
  [
    "key-whole-prefix-case",
    "takes the prefix of the key in upper case, too",
    "auth/key-case-ignored",
    acceptsKey((sent, key) => sent.replace(/^Q_SK_/, "q_sk_") === key),
  ],
  [
    "key-first-letter-case",
    "capitalizes the key",
    "auth/key-case-ignored",
    acceptsKey((sent, key) => sent[0]?.toLowerCase() === key[0] && sent.slice(1) === key.slice(1)),
  ],
  [
    "api-key-scheme",
    "accepts the key under the scheme ApiKey",
    "auth/other-scheme-accepted",
    alsoFrom(({ headers }) => /^ApiKey (.+)/.exec(headers["authorization"] ?? "")?.[1]),
  ],
  [
    "token-scheme",
    "accepts the key under any scheme but Bearer and Basic",
    "auth/other-scheme-accepted",
    alsoFrom(
      ({ headers }) => /^(?!Bearer|Basic)\w+ (.+)/.exec(headers["authorization"] ?? "")?.[1],
    ),
  ],
  [
    "bare-authorization",
    "accepts the key as Authorization",
    "auth/other-scheme-accepted",
    alsoFrom(({ headers }) => headers["authorization"]),
  ],
  [
    "scheme-in-key-header",
    "takes Bearer off the key",
    "auth/other-scheme-accepted",
    acceptsKey((sent, key) => sent.replace(/^Bearer /, "") === key),
  ],
  [
    "proxy-authorization",
    "accepts the key of a proxy",
    "auth/other-scheme-accepted",
    alsoFrom(({ headers }) => headers["proxy-authorization"]?.split(" ")[1]),
  ],
  [
    "key-of-every-object",
    "looks the key up in an object with a prototype",
    "auth/wrong-key-accepted",
    alsoFrom(({ headers }) => (Reflect.has({}, headers["x-api-key"] ?? "") ? own.key : undefined)),
  ],
  [
    "key-undefined",
    "compares the key with a setting that is missing",
    "auth/wrong-key-accepted",
    alsoFrom(({ headers }) => (headers["x-api-key"] === String(undefined) ? own.key : undefined)),
  ],
  [
    "key-as-query",
    "builds a query from the key",
    "auth/wrong-key-accepted",
    alsoFrom(({ headers }) => (/' or '/i.test(headers["x-api-key"] ?? "") ? own.key : undefined)),
  ],
  [
    "key-in-other-header",
    "accepts the key as Api-Key",
    "auth/key-in-other-header-accepted",
    alsoFrom(({ headers }) => headers["api-key"]),
  ],
  [
    "key-in-underscored-header",
    "takes X_API_KEY for X-API-Key",
    "auth/key-in-other-header-accepted",
    alsoFrom(({ headers }) => headers["x_api_key"]),
  ],
  [
    "basic-password",
    "accepts the key as a password",
    "auth/other-scheme-accepted",
    alsoFrom(({ headers }) => {
      const encoded = /^Basic (.+)/.exec(headers["authorization"] ?? "")?.[1] ?? "";
      return /^\w+:(.+)/.exec(Buffer.from(encoded, "base64").toString())?.[1];
    }),
  ],
  [
    "encoded-path-without-key",
    "asks for no key where the path is encoded",
    "auth/missing-key-accepted",
    alsoFrom(({ path }) => (path.includes("%") ? own.key : undefined)),
  ],
  ...claims([
    ["trusts-client-certificate", "x-ssl-client-verify", "trusts X-SSL-Client-Verify", "proxy"],
    ["trusts-user-id", "x-user-id", "trusts X-User-ID", "proxy"],
    ["trusts-forwarded-for", "x-forwarded-for", "trusts X-Forwarded-For: 127.0.0.1", "proxy"],
    ["trusts-real-ip", "x-real-ip", "trusts X-Real-IP: 127.0.0.1", "proxy"],
    ["trusts-forwarded", "forwarded", "trusts Forwarded", "proxy"],
    ["trusts-forwarded-user", "x-forwarded-user", "trusts the user of a proxy", "proxy"],
    ["trusts-internal", "x-internal", "trusts X-Internal", "proxy"],
    ["trusts-method", "x-http-method-override", "lets an overridden method pass", "method"],
    ["trusts-original-url", "x-original-url", "authorizes another path than it serves", "method"],
    ["trusts-rewrite-url", "x-rewrite-url", "authorizes the path before a rewrite", "method"],
    [
      "trusts-preflight",
      "access-control-request-method",
      "takes any request with the header of a preflight for one",
      "method",
    ],
  ]),
]);
