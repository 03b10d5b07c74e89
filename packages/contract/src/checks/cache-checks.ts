import { isSuccess } from "../run/subject.ts";
import type { Subject } from "../run/subject.ts";
import { credentialOf } from "../specification.ts";
import { headerTokens, headerValue, headerValues } from "../wire/wire-request.ts";
import type { Answered, Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

/** Headers that tell the caches of a network how long to keep a response; RFC 9213 has the first, vendors the others. */
const sharedCacheHeaders = [
  "cdn-cache-control",
  "cloudflare-cdn-cache-control",
  "vercel-cdn-cache-control",
  "netlify-cdn-cache-control",
  "akamai-cache-control",
  "fastly-cache-control",
  "edge-control",
  "surrogate-control",
  "x-accel-expires",
] as const;

const keeps =
  /(?:^|[,\s])!?(?:cache-maxage|s-maxage|s-max-age|max-age|maxage|stale-while-revalidate|stale-if-error)="?0*[1-9]/i;

/** What allows a cache between service and caller to keep a response: the header, as it was sent. */
function sharedFreshness({ response, header }: Answered): string | undefined {
  const directives = headerTokens(response.headers, "cache-control");
  const has = (pattern: RegExp): boolean => directives.some((one) => pattern.test(one));
  const isPrivate = has(/^(?:no-store|private|no-cache)$/);
  if (has(/^(?:public$|s-maxage="?0*[1-9])/) || (has(/^max-age="?0*[1-9]/) && !isPrivate))
    return `Cache-Control: ${directives.join(", ")}`;
  for (const name of sharedCacheHeaders) {
    const value = headerValues(response.headers, name).join(", ");
    if (/no-store|private/i.test(value)) continue;
    if (keeps.test(value) || (name === "x-accel-expires" && /^(?:@|0*[1-9])/.test(value)))
      return `${name}: ${value}`;
  }
  // Where there is a max-age, Expires does not count (RFC 9111, section 5.3).
  const expires = header("expires");
  const isStated = isPrivate || has(/^(?:s-maxage|max-age)=/);
  if (expires === undefined || isStated) return undefined;
  const until = Date.parse(expires);
  const from = Date.parse(header("date") ?? "") || Date.now();
  return until > from ? `Expires: ${expires}, without Cache-Control` : undefined;
}

/** Explicit freshness for the caller's own cache, or any other. */
function anyFreshness(subject: Answered): string | undefined {
  const control = headerTokens(subject.response.headers, "cache-control");
  if (control.includes("no-store")) return undefined;
  const isKept =
    control.some((one) => /^max-age="?0*[1-9]/.test(one)) && !control.includes("no-cache");
  return isKept ? `Cache-Control: ${control.join(", ")}` : sharedFreshness(subject);
}

function needsKey({ operation }: Subject): boolean {
  return credentialOf(operation) !== undefined;
}

const sharedCache: Check = {
  id: "leak/cacheable-by-others",
  asserts: "Shared caches may not store data that requires a credential.",
  why: "A shared cache hands the data to any other caller.",
  fix: "Send Cache-Control: no-store, or private, and no header of a CDN that says otherwise.",
  judge: ofResponse((subject) => {
    if (!needsKey(subject) || !(isSuccess(subject) || subject.response.status === 304))
      return undefined;
    const freshness = sharedFreshness(subject);
    return assertThat(freshness === undefined, "no-store or private", freshness ?? "");
  }),
};

const errorCacheable: Check = {
  id: "cache/error-cacheable",
  asserts: "No cache is told to keep an error.",
  why: "The error is shown long after its cause is gone: a resource that was just made stays absent.",
  fix: "Send Cache-Control: no-store with errors.",
  judge: ofResponse((subject) => {
    if (subject.response.status < 400) return undefined;
    const freshness = anyFreshness(subject);
    return assertThat(freshness === undefined, "an error that is not kept", freshness ?? "");
  }),
};

const varyMissing: Check = {
  id: "cache/vary-missing",
  asserts: "A response that was chosen by a header of the request names that header in Vary.",
  why: "A cache hands it to callers who asked for something else, and cannot read it.",
  fix: "Send Vary: Accept-Encoding with what may be compressed, and Vary: Origin where the origin is repeated (RFC 9110, section 12.5.5).",
  judge: ofResponse(({ response, header, body, exchange, origin: source }) => {
    // What a browser records has passed its cache.
    if (source === "recording") return undefined;
    const origin = headerValue(exchange.request.headers, "origin");
    const chosenBy = [
      ...(body.codings.length > 0 ? ["accept-encoding"] : []),
      ...(origin !== undefined && header("access-control-allow-origin") === origin
        ? ["origin"]
        : []),
    ];
    if (chosenBy.length === 0) return undefined;
    const vary = headerTokens(response.headers, "vary");
    const isStored = !headerTokens(response.headers, "cache-control").includes("no-store");
    return chosenBy
      .filter((name) => !vary.includes(name) && !vary.includes("*"))
      .map((name) => ({
        expected: `Vary: ${name}`,
        actual: vary.length === 0 ? "no Vary" : `Vary: ${vary.join(", ")}`,
        ...(isStored ? {} : { severity: "warning" as const }),
      }));
  }),
};

/** Checks of what caches are told. */
export const cacheChecks: readonly Check[] = [sharedCache, errorCacheable, varyMissing];
