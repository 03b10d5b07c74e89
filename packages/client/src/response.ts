import type { Redactor } from "./secrets/create-redactor.ts";
import {
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  SyncLogApiError,
} from "./errors/api-errors.ts";
import type { ResponseErrorDetails } from "./errors/response-error.ts";
import { ResponseFormatError } from "./errors/response-errors.ts";
import { parseRetryAfter } from "./retry/parse-retry-after.ts";

const excerptLength = 200;

/** A response whose body was read. */
export interface ReadResponse {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The JSON of a response with success; undefined where the response has none, and may have none. */
export function parseSuccess(
  response: ReadResponse,
  mayBeEmpty: boolean,
  redactor: Redactor,
): object | undefined {
  const { method, status, text } = response;
  if (method === "HEAD" || (mayBeEmpty && (status === 204 || status === 205))) return undefined;
  let cause: unknown;
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === "object" && data !== null) return data;
  } catch (error) {
    cause = error;
  }
  const contentType = response.headers.get("content-type") ?? "no content type";
  const clean = redactor.text(text);
  const excerpt = clean.slice(0, excerptLength);
  // The engine's message shows the text from anywhere in it, so it may have a part of a key.
  if (clean !== text) cause = undefined;
  throw new ResponseFormatError(
    `${method} ${response.url} answered ${status}, but the body is not a JSON object (${contentType}, ${text.length} characters): ${JSON.stringify(excerpt)}. Check \`baseUrl\` and any proxy between.`,
    { ...errorDetails(response, excerpt, redactor), reason: "malformed", cause },
  );
}

/** What an error status is turned into, by class, and what the message says to do. */
function classOf(status: number): [typeof SyncLogApiError, string] {
  switch (status) {
    case 400:
      return [BadRequestError, "Check both ids."];
    case 401:
      return [AuthenticationError, "Check the API key."];
    case 403:
      return [PermissionDeniedError, "Check that the API key may read this workspace."];
    case 404:
      return [NotFoundError, "Check both ids, and that the API key is of this workspace."];
    case 429:
      return [RateLimitError, "Send the next after `retryAfterMs`, and fewer."];
    default:
      return status >= 500
        ? [ServerError, "Try again later."]
        : [SyncLogApiError, "The API does not document this."];
  }
}

/** The error for a response with an error status. */
export function toApiError(
  response: ReadResponse,
  epochMs: number,
  redactor: Redactor,
): SyncLogApiError {
  const { method, url, status } = response;
  const body = parseClean(response.text, redactor);
  const details = errorDetails(response, body, redactor);
  const [ApiError, advice] = classOf(status);
  const said = messageIn(body);
  return new ApiError(`${method} ${url} answered ${status}${said && `: ${said}`}. ${advice}`, {
    ...details,
    retryAfterMs: parseRetryAfter(details.headers, epochMs),
  });
}

/** What an error carries of a response. */
export function errorDetails(
  { status, headers }: Pick<Response, "status" | "headers">,
  body: unknown,
  redactor: Redactor,
): ResponseErrorDetails {
  const clean = cleanHeaders(headers, redactor);
  return { status, headers: clean, body, correlationId: correlationIdIn(body, clean) };
}

/** The headers with every known key taken out; those with a key in their name are left out. */
export function cleanHeaders(headers: Headers, redactor: Redactor): Headers {
  const clean = new Headers();
  headers.forEach((value, name) => {
    if (redactor.text(name) === name) clean.append(name, redactor.text(value));
  });
  return clean;
}

/** A body as an error shows it: its JSON, or the text where it is not JSON, with the keys taken out. */
export function parseClean(text: string, redactor: Redactor): unknown {
  if (text === "") return null;
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
  const message = fieldIn(body, "message");
  const text = Array.isArray(message) ? message.join(", ") : message;
  return typeof text === "string" ? text.replace(/\.$/, "") : "";
}

function correlationIdIn(body: unknown, headers: Headers): string | null {
  const id = fieldIn(body, "correlationId");
  return typeof id === "string" ? id : headers.get("x-correlation-id");
}

function fieldIn(body: unknown, name: string): unknown {
  if (typeof body !== "object" || body === null) return undefined;
  return Object.entries(body).find(([key]) => key === name)?.[1];
}
