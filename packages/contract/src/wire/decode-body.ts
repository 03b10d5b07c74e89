import { Buffer } from "node:buffer";
import zlib from "node:zlib";
import { promisify } from "node:util";
import type { WireResponse } from "./exchange.ts";
import { headerTokens } from "./wire-request.ts";

/** A body with its content codings undone. */
export interface DecodedBody {
  readonly bytes: Buffer;
  /** The codings that were undone, outermost last. */
  readonly codings: readonly string[];
  /** Why a coding could not be undone; `bytes` then holds what there was before it. */
  readonly problem?: string;
}

type Decoder = (bytes: Buffer) => Promise<Buffer>;

// More than one gigabyte of zeros fits into a megabyte of gzip.
const limit = { maxOutputLength: 64 * 1024 * 1024 };

const decoders: Readonly<Record<string, Decoder | undefined>> = {
  gzip: (bytes) => promisify(zlib.gunzip)(bytes, limit),
  "x-gzip": (bytes) => promisify(zlib.gunzip)(bytes, limit),
  deflate: (bytes) => promisify(zlib.inflate)(bytes, limit),
  br: (bytes) => promisify(zlib.brotliDecompress)(bytes, limit),
};

/** Undoes the codings of `Content-Encoding` (RFC 9110, section 8.4), last one first. Never rejects. */
export async function decodeBody(response: WireResponse): Promise<DecodedBody> {
  let bytes = Buffer.from(response.body);
  const codings = headerTokens(response.headers, "content-encoding").filter(
    (coding) => coding !== "identity",
  );
  if (response.isDecoded === true || codings.length === 0 || bytes.length === 0)
    return { bytes, codings };
  for (const coding of codings.toReversed()) {
    const decode = decoders[coding];
    if (decode === undefined)
      return { bytes, codings, problem: `the content coding "${coding}" is not known` };
    try {
      bytes = Buffer.from(await decode(bytes));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { bytes, codings, problem: `the body is not ${coding}: ${reason}` };
    }
  }
  return { bytes, codings };
}
