import { ConnectionError, InvalidParameterError } from "../errors/request-errors.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import type { AnyResponse } from "./read-body.ts";

/**
 * A certificate that is not accepted, here or by the server (codes of OpenSSL and Node, words of Deno
 * and Safari), or a proxy's refusal, such as of a password that repetition may lock.
 */
const lasting =
  /CERT(_|ifi|$)|UNABLE_TO_(GET|VER|DE)|CRL_|UNKNOWN_CA|^INVALID_|HOSTNAME_|HTTP\/1.1 4|\(4\d\d\)/i;
/**
 * Codes of refused arguments and closed dispatchers (Node, undici, nock), and errors that only a program makes. A `fetch`
 * throws a TypeError for a lost connection, and so does an engine for each mistake. The words for the first are few:
 * those of Node, Deno, Workers, Chromium, Firefox and Safari, which speaks its user's language. Before them is what engines say of mistakes with a name
 * in it, which may be any word.
 */
const mistake =
  /^((Reference|Range|URI|Eval|Internal|\w*Assertion)Error|SyntaxError(?!.*(JSON|Unexpected))|TypeError(: (can(no|')t (?!parse)|failed to [ep])|.* is (not|un|nu|an? inv)|(?!.*(failed( to fetch)?( \(|$)|[^\0-~]|net[wz]|terminated|conn|send|body from|parse resp|HTTP vers|server|internet|timed? ?out|closed|lost|reset|aborted|cancell?ed|offline|SSL))))|ERR_(INVALID|MODULE|NOCK|NOT_SUP|ASSERT|DESTR|CLOSED|MOCK)|MOCK_ERR|: (bad port|unknown scheme)/is;
/** So far a chain of causes is followed: it may be a circle. */
const maxCauses = 9;

/** What was thrown, and its causes. Those of another realm are no instance of this one's `Error`. */
function chainOf(error: unknown) {
  const chain = [];
  for (
    let each = Object(error);
    chain.length < maxCauses && Object(each) === each;
    each = each.cause
  )
    chain.push(each);
  return chain;
}

/** What failed, in short: the first code in the chain of causes, where Node keeps it, or the last error's words. */
function reasonOf(error: unknown): string {
  try {
    const chain = chainOf(error);
    const code = chain.find((failure) => typeof failure.code === "string")?.code;
    // Those of a proxy do not say what it answered.
    if (code !== undefined && !/PROXY|ABORTED/.test(code)) return code;
    return String(chain.findLast((failure) => "message" in failure) ?? error);
  } catch {
    return "what can't be read";
  }
}

/** Whether the reason says so. A URL may have any word in it. */
function says(pattern: RegExp, reason: string): boolean {
  return pattern.test(reason.replace(/\w+:\/\/[^\s)"']+/g, ""));
}

/** Whether a connection that failed so fails the next time, too. */
export function isLasting(error: unknown): boolean {
  return says(lasting, reasonOf(error));
}

/**
 * The error for what a `fetch` threw, or the reading of its body. A mistake in a program stays one
 * however often it is repeated, so it is not taken for a lost connection.
 */
export function fetchFailure(
  what: string,
  cause: unknown,
  retryAfterMs: number | null = null,
): SyncLogError {
  const reason = reasonOf(cause);
  if (says(mistake, reason) && !says(lasting, reason)) {
    return new InvalidParameterError(`${what}: \`fetch\` failed with ${reason}.`, {
      parameter: "fetch",
      cause,
    });
  }
  return new ConnectionError(`${what} (${reason}). Check \`baseUrl\` and the network.`, {
    cause,
    retryAfterMs,
  });
}

/**
 * The response in what a `fetch` throws for a status that it does not like: undici's `responseError`, ky, ofetch,
 * axios and got do. Undefined where nothing was answered.
 */
export function responseIn(error: unknown): AnyResponse | undefined {
  try {
    for (const thrown of chainOf(error)) {
      // What a proxy refuses, and a mock of the network does not know, is not the API's answer.
      if (/PROXY|NOCK/.test(thrown.code)) return undefined;
      const from = Object(thrown.response ?? thrown);
      const status = Number(from.status ?? from.statusCode ?? thrown.status ?? thrown.statusCode);
      if (!(status >= 300)) continue;
      if (from.bodyUsed === false) return from;
      const body = from.data ?? thrown.data ?? (from.bodyUsed ? "" : (from.body ?? ""));
      const text = typeof body === "string" ? body : JSON.stringify(body);
      return { status, headers: from.headers, body: text };
    }
  } catch {
    // What can't be read has no answer in it.
  }
  return undefined;
}
