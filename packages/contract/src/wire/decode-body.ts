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
  /** Whether that is no fault of the response: this version of Node does not know the coding. */
  readonly isUnknownHere?: boolean;
}

type Decoder = (bytes: Buffer) => Promise<Buffer>;

// More than one gigabyte of zeros fits into a megabyte of gzip.
const limit = { maxOutputLength: 64 * 1024 * 1024 };

// Node has it from 22.15 on.
const zstd: unknown = Reflect.get(zlib, "zstdDecompress");

function isDecompress(value: unknown): value is typeof zlib.brotliDecompress {
  return typeof value === "function";
}

const decoders: Readonly<Record<string, Decoder | undefined>> = {
  gzip: (bytes) => promisify(zlib.gunzip)(bytes, limit),
  "x-gzip": (bytes) => promisify(zlib.gunzip)(bytes, limit),
  deflate: (bytes) => promisify(zlib.inflate)(bytes, limit),
  br: (bytes) => promisify(zlib.brotliDecompress)(bytes, limit),
  zstd: isDecompress(zstd) ? (bytes) => promisify(zstd)(bytes, limit) : undefined,
};

/** Codings that are registered, and may be asked for by a client, whether or not this version of Node can undo them. */
const registered = new Set(["zstd", "compress", "x-compress", "dcb", "dcz"]);

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
    if (decode === undefined) {
      const problem = `the content coding "${coding}" is not known`;
      return { bytes, codings, problem, isUnknownHere: registered.has(coding) };
    }
    try {
      bytes = Buffer.from(await decode(bytes));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { bytes, codings, problem: `the body is not ${coding}: ${reason}` };
    }
  }
  return { bytes, codings };
}
