import type { Scrub } from "./secrets/create-scrubber.ts";
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

/** An answer whose body was read, with every known key taken out where it is to become an error. */
export interface ReadResponse {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The JSON of a response with success; undefined where the response can have none. */
export function parseSuccess(response: ReadResponse, scrub: Scrub): unknown {
  const { method, status, text } = response;
  if (status === 204 || status === 205 || method === "HEAD") return undefined;
  let cause: unknown;
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === "object" && data !== null) return data;
  } catch (error) {
    cause = error;
  }
  const contentType = response.headers.get("content-type") ?? "no content type";
  const excerpt = scrub(text).slice(0, excerptLength);
  throw new ResponseFormatError(
    `${method} ${response.url} answered ${status} with what is no JSON object (${contentType}, ${text.length} characters): ${JSON.stringify(excerpt)}. Check \`baseUrl\` and any proxy between.`,
    { ...errorDetails(response, excerpt, scrub), reason: "malformed", cause },
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
export function toApiError(response: ReadResponse, epochMs: number, scrub: Scrub): SyncLogApiError {
  const { method, url, status } = response;
  const body = parseErrorBody(scrub(response.text));
  const details = errorDetails(response, body, scrub);
  const [ApiError, advice] = classOf(status);
  const said = messageIn(body);
  return new ApiError(`${method} ${url} answered ${status}${said && `: ${said}`}. ${advice}`, {
    ...details,
    retryAfterMs: parseRetryAfter(details.headers, epochMs),
    correlationId: correlationIdIn(body, details.headers),
  });
}

/** What an error shows of an answer. */
export function errorDetails(
  { status, headers }: Pick<Response, "status" | "headers">,
  body: unknown,
  scrub: Scrub,
): ResponseErrorDetails {
  return { status, headers: scrubHeaders(headers, scrub), body };
}

/** The headers with every known key taken out. */
export function scrubHeaders(headers: Headers, scrub: Scrub): Headers {
  const clean = new Headers();
  headers.forEach((value, name) => clean.append(name, scrub(value)));
  return clean;
}

function parseErrorBody(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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
