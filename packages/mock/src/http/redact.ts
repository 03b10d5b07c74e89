import type { KeyPlace } from "../spec/read-security.ts";

const redacted = "[redacted]";
const secretName = /key|token|secret|password|authorization|cookie|credential/i;
// Shorter keys are only removed where keys belong: everywhere else they would tear ordinary text apart.
const leastLength = 6;

/** Removes keys from what is recorded of requests: by the name of a header or query parameter, and by value anywhere. */
export interface Redactor {
  headers(
    headers: Readonly<Record<string, string>>,
    presented: string | undefined,
  ): Readonly<Record<string, string>>;
  target(target: string, presented: string | undefined): string;
  values(
    values: Readonly<Record<string, string>>,
    presented: string | undefined,
  ): Readonly<Record<string, string>>;
}

/**
 * @param places - Where the document's keys are carried.
 * @param keys - The keys that are known.
 */
export function createRedactor(places: readonly KeyPlace[], keys: readonly string[]): Redactor {
  const names = new Set(places.map((place) => place.name.toLowerCase()));
  const isSecret = (name: string): boolean =>
    names.has(name.toLowerCase()) || secretName.test(name);
  const scrub = (text: string, presented: string | undefined): string => {
    let clean = text;
    for (const key of presented === undefined ? keys : [presented, ...keys]) {
      if (key.length < leastLength) continue;
      clean = clean.replaceAll(key, redacted).replaceAll(encodeURIComponent(key), redacted);
    }
    return clean;
  };
  return {
    headers(headers, presented) {
      const entries = Object.entries(headers).map(([name, value]) => [
        name,
        isSecret(name) ? redacted : scrub(value, presented),
      ]);
      // Each entry is a pair of texts; the index signature of fromEntries accepts them as such.
      return Object.fromEntries(entries);
    },
    values: (values, presented) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, scrub(value, presented)]),
      ),
    target(target, presented) {
      const [path = "", query] = target.split(/\?(.*)/s);
      const cleanPath = scrub(path, presented);
      if (query === undefined) return cleanPath;
      const pairs = query.split("&").map((pair) => {
        const [name = ""] = pair.split("=");
        return isSecret(name) ? `${name}=${redacted}` : scrub(pair, presented);
      });
      return `${cleanPath}?${pairs.join("&")}`;
    },
  };
}
