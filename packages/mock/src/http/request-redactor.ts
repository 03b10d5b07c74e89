import { createRedactor } from "@qontext/sync-log-redact";
import type { Credential } from "@qontext/sync-log-document";

const secretLabel = "[redacted]";
const secretName = /key|token|secret|password|authorization|cookie|credential/i;

/** Removes keys from recorded requests: by the name of a header or query parameter, and by value anywhere. */
export interface RequestRedactor {
  /** Adds a key that a request was sent with; the last few are remembered. */
  readonly add: (key: string) => void;
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly target: (target: string) => string;
  readonly values: (values: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
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
  const presented = createRedactor({ label: secretLabel });
  const redact = (text: string): string => presented.text(known.text(text));
  const pairText = (pair: string): string => {
    const [name = "", ...rest] = pair.split("=");
    if (isSecret(name)) return `${name}=${secretLabel}`;
    return [redact(name), ...(rest.length > 0 ? [redact(rest.join("="))] : [])].join("=");
  };
  return {
    add: presented.add,
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
