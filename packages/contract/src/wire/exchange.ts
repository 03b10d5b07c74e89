import type { HeaderList, WireRequest } from "./wire-request.ts";

/** A fault in the bytes of a response. The code is the id of the check that reports it. */
export interface WireFault {
  readonly code: WireFaultCode;
  readonly expected: string;
  readonly actual: string;
}

export type WireFaultCode =
  | "wire/malformed-head"
  | "wire/content-length-invalid"
  | "wire/content-length-conflict"
  | "wire/body-shorter-than-content-length"
  | "wire/bytes-after-body"
  | "wire/chunked-framing"
  | "wire/body-not-allowed";

/** How the end of a body was determined. `unknown` for recorded traffic. */
export type Framing = "content-length" | "chunked" | "close" | "none" | "unknown";

/** A response, before any content coding is undone. */
export interface WireResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  /** The body without its transfer coding, with its content coding. */
  readonly body: Uint8Array;
  readonly framing: Framing;
  readonly faults: readonly WireFault[];
  /** Whether the body was decoded when it was recorded, so that its codings cannot be judged. */
  readonly isDecoded?: boolean;
}

/** A response that was recorded without its raw bytes, and with its codings undone. */
export function recordedResponse(
  response: Pick<WireResponse, "status" | "reason" | "headers" | "body">,
): WireResponse {
  return { httpVersion: "", framing: "unknown", faults: [], isDecoded: true, ...response };
}

/** Why there is no complete response. */
export interface WireFailure {
  readonly kind: "unreachable" | "timeout" | "cut" | "too-large" | "stopped";
  readonly message: string;
}

/** One request and what came back. */
export interface Exchange {
  readonly request: WireRequest;
  readonly response?: WireResponse;
  readonly failure?: WireFailure;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** False where a recording does not tell how long it took. */
  readonly isTimed?: boolean;
}

/** Whether a status is that of an error (RFC 9110, sections 15.5 and 15.6). */
export function isErrorStatus(status: number): boolean {
  return status >= 400;
}

/** Whether a status is a success (RFC 9110, section 15.3). */
export function isSuccessStatus(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
