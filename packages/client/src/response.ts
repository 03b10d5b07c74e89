import {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  type ResponseErrorDetails,
  ResponseFormatError,
  ServerError,
  SyncLogApiError,
} from "./errors/response-errors.ts";
import { parseRetryAfter } from "./retry/retry-after.ts";
import type { Redactor } from "./secrets/redactor.ts";
import { copyHeaders } from "./transport/copy-headers.ts";
import type {
  Answer,
  OutgoingRequest,
  ReadResponse,
  ReceivedResponse,
  Transport,
} from "./transport/transport.ts";

const excerptLength = 200;
const maxMessageLength = 1000;
/** Of a longer body the beginning is kept, as a text: its parts cost much more, and are of no use. */
const maxBodyLength = 100_000;

/** Whether a response with this status has no body. */
export function isEmptyStatus(status: number): boolean {
  return status === 204 || status === 205;
}

/**
 * What a response answers.
 *
 * @param text - Its body; undefined where it was not read, or is more than allowed.
 * @throws SyncLogError where it is not a success, as a whole or with this body
 */
export function readAnswer(
  { redactor, maxResponseBytes, checkSyncLog }: Transport,
  request: OutgoingRequest,
  response: ReceivedResponse,
  text: string | undefined,
): Answer | Promise<Answer> {
  const { status } = response;
  const { method, mayBeEmpty, resultSchema, isList = false } = request;
  if (response.isRedirect) {
    const details = errorDetails(response, null, redactor);
    const location = details.headers.get("location") ?? "a place that it does not name";
    throw new RedirectError(
      `${answered(response)} and redirects to ${excerptOf(location)}. Set \`baseUrl\` to the server that answers: the API key must not go along.`,
      details,
    );
  }
  response.text = text ?? "";
  if (status >= 400 || status === 304) throw toApiError(response, redactor);
  if (text === undefined) {
    throw new ResponseFormatError(
      `${answered(response)} with more than ${maxResponseBytes} bytes. Raise \`maxResponseBytes\`.`,
      { ...errorDetails(response, null, redactor), reason: "too-large" },
    );
  }
  const isEmpty = method === "HEAD" || (mayBeEmpty === true && isEmptyStatus(status));
  if (!isEmpty) response.data = parseSuccess(response, redactor, request);
  return checkSyncLog !== undefined && resultSchema === "SyncLog"
    ? checkSyncLog(response, isList)
    : response;
}

/**
 * The JSON of a response with success.
 *
 * @throws ResponseFormatError where it is not an object, no list where it has to be one, or not the one that was asked for
 */
function parseSuccess(
  response: ReadResponse,
  redactor: Redactor,
  { identity, isList = false }: OutgoingRequest,
): object {
  const { headers, text } = response;
  let why = `is not a JSON ${isList ? "array" : "object"}`;
  let cause: unknown;
  let data: unknown;
  try {
    data = JSON.parse(text);
    if (typeof data === "object" && data !== null && (!isList || Array.isArray(data))) {
      if (identity === undefined) return data;
      const [property, asked] = identity;
      const found = fieldIn(data, property);
      if (found === asked) return data;
      why = `has ${found === undefined ? "no" : "another"} \`${property}\``;
    }
  } catch (error) {
    cause = error;
  }
  const contentType = excerptOf(redactor.text(headers.get("content-type") ?? "no content type"));
  // A short key is taken out only where it is a whole value.
  const shown = text.length > maxBodyLength ? data : redactor.cause(data);
  const clean = shown === data ? redactor.text(text) : JSON.stringify(shown);
  const excerpt = clean.slice(0, excerptLength);
  // The engine's message shows the text from anywhere in it, so it may have a part of a key.
  if (clean !== text) cause = undefined;
  throw new ResponseFormatError(
    `${answered(response)}, but the body ${why} (${contentType}, ${text.length} characters): ${JSON.stringify(excerpt)}. Check \`baseUrl\` and the network.`,
    { ...errorDetails(response, excerpt, redactor), reason: "malformed", cause },
  );
}

type ApiErrorOf = readonly [errorClass: typeof SyncLogApiError, advice: string];

/** What an error status is turned into, and what the message says to do. */
const apiErrors: Readonly<Record<number, ApiErrorOf>> = {
  304: [SyncLogApiError, "Send no `if-none-match` or `if-modified-since`."],
  400: [BadRequestError, "Check the ids in its URL."],
  401: [AuthenticationError, "Check the API key."],
  403: [PermissionDeniedError, "Check that the API key may read this workspace."],
  404: [NotFoundError, "Check the ids in its URL, and that the API key may read this workspace."],
  429: [RateLimitError, "Send fewer, the next after `retryAfterMs`."],
};
const serverError: ApiErrorOf = [ServerError, "Try again later."];
const otherError: ApiErrorOf = [SyncLogApiError, "The API does not document this."];

/** The error for a response with an error status. */
export function toApiError(response: ReadResponse, redactor: Redactor): SyncLogApiError {
  const { status, text } = response;
  const body = parseClean(text, redactor);
  const [ApiError, advice] = apiErrors[status] ?? (status >= 500 ? serverError : otherError);
  const said = messageIn(body);
  return new ApiError(
    `${answered(response)}${said && `: ${said}`}. ${advice}`,
    errorDetails(response, body, redactor),
  );
}

/** How the messages of errors begin. */
function answered({ method, url, status }: ReadResponse): string {
  return `${method} ${url} answered ${status}`;
}

/** What an error carries of a response. */
export function errorDetails(
  { status, headers: received, epochMs }: ReadResponse,
  body: unknown,
  redactor: Redactor,
): ResponseErrorDetails {
  const headers = cleanHeaders(received, redactor);
  const id = fieldIn(body, "correlationId");
  const correlationId = typeof id === "string" ? id : headers.get("x-correlation-id");
  return { status, headers, body, correlationId, retryAfterMs: parseRetryAfter(received, epochMs) };
}

/** A copy of the headers with every known key taken out; those with a key in their name are left out. */
export function cleanHeaders(headers: Headers, redactor: Redactor): Headers {
  return redactor.value(copyHeaders(headers));
}

/** A body as an error shows it: its JSON, or the text where it is not JSON or too long, with the keys taken out. */
export function parseClean(text: string, redactor: Redactor): unknown {
  if (text === "") return null;
  if (text.length > maxBodyLength) return redactor.text(text).slice(0, maxBodyLength);
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // It is shown as the text that it is.
  }
  return redactor.value(body);
}

function messageIn(body: unknown): string {
  if (typeof body === "string") return JSON.stringify(body.slice(0, excerptLength));
  const texts = [fieldIn(body, "message")].flat().filter((text) => typeof text === "string");
  return excerptOf(texts.join(", ")).replace(/\.$/, "");
}

/** So much of what a server sent is part of an error's message. */
export function excerptOf(text: string): string {
  return text.slice(0, maxMessageLength);
}

function fieldIn(body: unknown, name: string): unknown {
  return Reflect.get(Object(body), name);
}
