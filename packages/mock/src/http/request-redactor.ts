import { createRedactor, minKeyLength } from "@qontext/sync-log-redact";
import type { Credential } from "@qontext/sync-log-document";
import type { MockRequest } from "./answer.ts";

const secretLabel = "[redacted]";
const secretName = /key|token|secret|password|authorization|cookie|credential/i;
// A key that was sent in the wrong place only is not known by its value: these are told by what they look like.
const secretShape = /\b(?:[a-z]{1,8}_)?[srp]k[_-][\w-]{4,}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/gi;

/** Removes keys from recorded requests: by the name of a header or query parameter, and by value anywhere. */
export interface RequestRedactor {
  /** Remembers the secrets that a request was sent with, its key among them; the last few are kept. */
  readonly learn: (request: MockRequest, key: string | undefined) => void;
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly target: (target: string) => string;
  readonly values: (values: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

/** What may be secret in the value of a header: `Bearer SECRET`, `name=SECRET; …`, or all of it. */
function secretsIn(value: string): readonly string[] {
  const parts = [value, ...value.split(/[\s;,]+/).map((part) => part.replace(/^[\w-]+=/, ""))];
  return parts.filter((part) => part.length >= minKeyLength);
}

/**
 * @param credentials - How the document says that keys are sent.
 * @param keys - The keys that are known.
 */
export function createRequestRedactor(
  credentials: readonly Credential[],
  keys: readonly string[],
): RequestRedactor {
  const names = new Set(credentials.map(({ parameter }) => parameter.toLowerCase()));
  const isSecret = (name: string): boolean =>
    names.has(name.toLowerCase()) || secretName.test(name);
  const known = createRedactor({ maxKeys: Infinity, label: secretLabel });
  for (const key of keys) known.add(key);
  const presented = createRedactor({ maxKeys: 32, label: secretLabel });
  const redact = (text: string): string =>
    presented.text(known.text(text)).replaceAll(secretShape, secretLabel);
  const pairText = (pair: string): string => {
    const [name = "", ...rest] = pair.split("=");
    if (isSecret(name)) return `${name}=${secretLabel}`;
    return [redact(name), ...(rest.length > 0 ? [redact(rest.join("="))] : [])].join("=");
  };
  return {
    learn({ headers, query }, key) {
      const sent = [...Object.entries(headers), ...query];
      const secrets = sent.flatMap(([name, value]) => (isSecret(name) ? secretsIn(value) : []));
      for (const secret of new Set(secrets)) presented.add(secret);
      if (key !== undefined) presented.add(key);
    },
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          redact(name),
          isSecret(name) ? secretLabel : redact(value),
        ]),
      ),
    values: (values) => presented.value(known.value(values)),
    target(target) {
      const [path = "", query] = target.split(/\?(.*)/s);
      const cleanPath = redact(path).split("/").map(redact).join("/");
      return query === undefined
        ? cleanPath
        : `${cleanPath}?${query.split("&").map(pairText).join("&")}`;
    },
  };
}
