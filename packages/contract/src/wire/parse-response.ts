import { Buffer } from "node:buffer";
import type { Framing, WireFault, WireFaultCode, WireResponse } from "./exchange.ts";
import { readChunkedBody } from "./read-chunked-body.ts";
import type { HeaderList } from "./wire-request.ts";
import { headerTokens, headerValues } from "./wire-request.ts";

/** A response as far as it was received. */
export interface ParseState {
  /** Whether the framing says that the response has ended. A body without a length ends with the connection. */
  readonly isComplete: boolean;
  readonly response?: WireResponse;
}

/**
 * Reads an HTTP/1.1 response from raw bytes, and keeps every fault in them (RFC 9112).
 *
 * @param hasEnded - Whether the connection was closed, so that what is missing will not come.
 */
export function parseResponse(bytes: Buffer, method: string, hasEnded: boolean): ParseState {
  let rest = bytes;
  for (;;) {
    const end = findHeadEnd(rest);
    if (end === undefined) return { isComplete: false };
    const head = parseHead(rest.subarray(0, end.headLength).toString("latin1"));
    rest = rest.subarray(end.headLength + end.separatorLength);
    if (head === undefined) return malformedStatusLine(bytes);
    // An interim response (RFC 9110, section 15.2) precedes the one that counts.
    if (head.status >= 100 && head.status < 200 && head.status !== 101) continue;
    if (end.separatorLength !== 4) head.faults.push(malformedHead("lines end with LF, not CRLF"));
    const { isComplete, faults, ...body } = readBody(rest, head, method, hasEnded);
    return { isComplete, response: { ...head, ...body, faults: [...head.faults, ...faults] } };
  }
}

interface Head {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  readonly faults: WireFault[];
}

interface Body {
  readonly body: Buffer;
  readonly framing: Framing;
  readonly isComplete: boolean;
  readonly faults: readonly WireFault[];
}

function findHeadEnd(
  bytes: Buffer,
): { readonly headLength: number; readonly separatorLength: number } | undefined {
  const crlf = bytes.indexOf("\r\n\r\n");
  const lf = bytes.indexOf("\n\n");
  if (crlf === -1 && lf === -1) return undefined;
  if (lf === -1 || (crlf !== -1 && crlf < lf)) return { headLength: crlf, separatorLength: 4 };
  return { headLength: lf, separatorLength: 2 };
}

// RFC 9110, section 15, has statuses from 100 to 599.
const statusLine = /^HTTP\/(\d\.\d) ([1-5]\d{2})(?: (.*))?$/s;
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):(.*)$/s;
// oxlint-disable-next-line no-control-regex -- RFC 9110, section 5.5, has none of them in a value
const control = /[\0-\x08\x0A-\x1F\x7F]/;

function parseHead(text: string): Head | undefined {
  const [first = "", ...lines] = text.split(/\r?\n/);
  const match = statusLine.exec(first);
  if (match === null) return undefined;
  const faults: WireFault[] = [];
  if (control.test(first))
    faults.push(malformedHead(`the status line ${JSON.stringify(first.slice(0, 200))}`));
  const headers: [string, string][] = [];
  for (const line of lines) {
    const field = fieldLine.exec(line);
    if (field === null || control.test(line))
      faults.push(malformedHead(`the header line ${JSON.stringify(line.slice(0, 200))}`));
    if (field !== null) headers.push([field[1] ?? "", trimBlanks(field[2] ?? "")]);
  }
  return {
    httpVersion: match[1] ?? "",
    status: Number(match[2]),
    reason: match[3] ?? "",
    headers,
    faults,
  };
}

/** Without the blanks around it; in time that does not grow with the square of the length. */
function trimBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && " \t".includes(text.charAt(start))) start += 1;
  while (end > start && " \t".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function fault(code: WireFaultCode, expected: string, actual: string): WireFault {
  return { code, expected, actual };
}

function malformedHead(actual: string): WireFault {
  const expected = "a status line and header fields as RFC 9112 writes them";
  return fault("wire/malformed-head", expected, actual);
}

function malformedStatusLine(bytes: Buffer): ParseState {
  const line = JSON.stringify(bytes.subarray(0, 60).toString("latin1"));
  const faults = [malformedHead(`the status line ${line}`)];
  const head = { httpVersion: "", status: 0, reason: "", headers: [] };
  return {
    isComplete: true,
    response: { ...head, body: Buffer.alloc(0), framing: "none", faults },
  };
}

function readBody(rest: Buffer, head: Head, method: string, hasEnded: boolean): Body {
  const lengths = [...new Set(headerValues(head.headers, "content-length"))];
  const invalid = lengths.find((length) => !/^\d+$/.test(length));
  const isChunked = headerTokens(head.headers, "transfer-encoding").includes("chunked");
  const faults: WireFault[] = [];
  const conflict = "wire/content-length-conflict";
  if (lengths.length > 1) faults.push(fault(conflict, "one Content-Length", lengths.join(" and ")));
  if (invalid !== undefined) {
    const actual = JSON.stringify(invalid);
    faults.push(fault("wire/content-length-invalid", "a decimal number of bytes", actual));
  }
  if (isChunked && lengths.length > 0) {
    const actual = `Transfer-Encoding: chunked and Content-Length: ${lengths.join(", ")}`;
    faults.push(fault(conflict, "one of the two ways to tell where a body ends", actual));
  }
  const isBodiless = method === "HEAD" || head.status === 204 || head.status === 304;
  if (isBodiless) return readNoBody(rest, `${method} with ${head.status}`, faults);
  if (isChunked) return readChunks(rest, hasEnded, faults);
  const length = lengths[0];
  if (length !== undefined && invalid === undefined)
    return readCounted(rest, Number(length), hasEnded, faults);
  return { body: rest, framing: "close", isComplete: hasEnded, faults };
}

function readNoBody(rest: Buffer, situation: string, faults: WireFault[]): Body {
  if (rest.length > 0) {
    const actual = `${rest.length} bytes after the head, for ${situation}`;
    faults.push(fault("wire/body-not-allowed", "no body (RFC 9112, section 6.3)", actual));
  }
  return { body: Buffer.alloc(0), framing: "none", isComplete: true, faults };
}

function readCounted(rest: Buffer, length: number, hasEnded: boolean, faults: WireFault[]): Body {
  if (rest.length < length && hasEnded) {
    const expected = `${length} bytes, as Content-Length says`;
    const actual = `${rest.length} bytes, then the end of the connection`;
    faults.push(fault("wire/body-shorter-than-content-length", expected, actual));
  }
  faults.push(...bytesAfterBody(rest.subarray(length)));
  const body = rest.subarray(0, length);
  return { body, framing: "content-length", isComplete: rest.length >= length, faults };
}

function readChunks(rest: Buffer, hasEnded: boolean, faults: WireFault[]): Body {
  const { bytes, isComplete, after, problem } = readChunkedBody(rest);
  if (problem !== undefined || (hasEnded && !isComplete)) {
    const actual = problem ?? "the connection ended before the last chunk";
    faults.push(
      fault("wire/chunked-framing", "chunks as RFC 9112, section 7.1, writes them", actual),
    );
  }
  faults.push(...bytesAfterBody(after));
  return {
    body: bytes,
    framing: "chunked",
    isComplete: isComplete || problem !== undefined,
    faults,
  };
}

function bytesAfterBody(after: Buffer): readonly WireFault[] {
  if (after.length === 0) return [];
  const start = JSON.stringify(after.subarray(0, 40).toString("latin1"));
  const actual = `${after.length} more bytes: ${start}`;
  return [fault("wire/bytes-after-body", "nothing after the end of the body", actual)];
}
