import { Buffer } from "node:buffer";

/** A body in chunked transfer coding, as far as it has come. */
export interface ChunkedBody {
  readonly bytes: Buffer;
  readonly isComplete: boolean;
  /** What follows the last chunk and its trailers. */
  readonly after: Buffer;
  /** Why the bytes are not chunks. */
  readonly problem?: string;
}

const sizeLine = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*)?$/;

/** Undoes the chunked transfer coding (RFC 9112, section 7.1). */
export function readChunkedBody(input: Buffer): ChunkedBody {
  const chunks: Buffer[] = [];
  const nothing = input.subarray(0, 0);
  const unfinished = (problem?: string): ChunkedBody => ({
    bytes: Buffer.concat(chunks),
    isComplete: false,
    after: nothing,
    ...(problem === undefined ? {} : { problem }),
  });
  let offset = 0;
  for (;;) {
    const lineEnd = input.indexOf("\r\n", offset);
    if (lineEnd === -1) {
      const pending = input.subarray(offset).toString("latin1");
      return unfinished(
        /^[0-9a-fA-F]*[ \t]*(;.*)?\r?$/.test(pending) ? undefined : badSize(pending),
      );
    }
    const line = input.subarray(offset, lineEnd).toString("latin1");
    const match = sizeLine.exec(line);
    if (match === null) return unfinished(badSize(line));
    const size = Number.parseInt(match[1] ?? "", 16);
    offset = lineEnd + 2;
    if (size === 0) break;
    if (input.length < offset + size + 2) {
      chunks.push(input.subarray(offset, offset + size));
      return unfinished();
    }
    chunks.push(input.subarray(offset, offset + size));
    offset += size;
    if (input.subarray(offset, offset + 2).toString("latin1") !== "\r\n") {
      return unfinished(`a chunk of ${size} bytes is not followed by CRLF`);
    }
    offset += 2;
  }
  const trailersEnd = findTrailersEnd(input, offset);
  if (trailersEnd === undefined) return unfinished();
  return { bytes: Buffer.concat(chunks), isComplete: true, after: input.subarray(trailersEnd) };
}

function findTrailersEnd(input: Buffer, start: number): number | undefined {
  if (input.subarray(start, start + 2).toString("latin1") === "\r\n") return start + 2;
  const end = input.indexOf("\r\n\r\n", start);
  return end === -1 ? undefined : end + 4;
}

function badSize(line: string): string {
  return `${JSON.stringify(line.slice(0, 40))} where the size of a chunk should be`;
}
