import { ConnectionError, InvalidParameterError } from "../errors/request-errors.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import type { AnyResponse } from "./read-body.ts";

/**
 * A certificate that is not accepted, here or by the server (codes of OpenSSL and Node, words of Deno
 * and Safari), or a proxy's refusal, such as of a password that repetition may lock.
 */
const lasting =
  /CERT(_|ifi|$)|UNABLE_TO_(GET|VER|DE)|CRL_|UNKNOWN_CA|^INVALID_|HOSTNAME_|HTTP\/1.1 4|\(4\d\d\)/i;
/** Refused arguments (codes of Node, undici, nock), and what engines say of mistakes: they throw TypeErrors for lost connections, too. */
const mistake =
  /^(Reference|Range|URI|\w*Assertion)Error|ERR_(INVALID|NOCK|NOT_SUP|ASSERT)|^TypeError: (can(no|')t|invalid|failed to [ep]|.*( is (not|un|nu|an? inv)|locked|unusable|ircular))/i;

/**
 * What failed, in short: the first code in the chain of causes, where Node keeps it, or the last
 * error's words. Errors of another realm are no instance of this one's classes.
 */
function reasonOf(error: unknown): string {
  let failure = Object(error);
  while (typeof failure.code !== "string" && Object(failure.cause) === failure.cause) {
    failure = failure.cause;
  }
  const { code } = failure;
  // Those of a proxy do not say what it answered.
  return typeof code === "string" && !/PROXY|ABORTED/.test(code) ? code : String(failure);
}

/** Whether a connection that failed so fails the next time, too. */
export function isLasting(error: unknown): boolean {
  return lasting.test(reasonOf(error));
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
  if (mistake.test(reason) && !lasting.test(reason)) {
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
  const thrown = Object(error);
  const from = Object(thrown.response ?? thrown);
  const status = [from.status, from.statusCode, thrown.status, thrown.statusCode]
    .map(Number)
    .find((value) => value >= 300);
  // A proxy's refusal is not the API's.
  if (status === undefined || /PROXY/.test(thrown.code)) return undefined;
  if (from.bodyUsed === false) return from;
  const body = from.body ?? from.data ?? thrown.data ?? "";
  // oxlint-disable-next-line typescript/require-await -- as a response has it
  const text = async () => (typeof body === "string" ? body : JSON.stringify(body));
  return { status, headers: from.headers, text };
}
