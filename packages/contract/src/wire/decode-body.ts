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
  /** Whether that is no fault of the coding: this version of Node does not know it, or the body was cut off. */
  readonly isUnknownHere?: boolean;
  /** Whether it is larger than {@link maxBodyBytes}, and what is more than that is not read. */
  readonly isTooLarge?: boolean;
}

type Decoder = (bytes: Buffer) => Promise<Buffer>;

/** A body is judged up to this size, before and after its codings are undone: a gigabyte of zeros fits into a megabyte of gzip. */
export const maxBodyBytes: number = 16 * 1024 * 1024;

const limit = { maxOutputLength: maxBodyBytes };

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
  if (bytes.length > maxBodyBytes) return tooLarge(codings);
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
      if (isNamed(error, "ERR_BUFFER_TOO_LARGE")) return tooLarge(codings);
      const reason = error instanceof Error ? error.message : String(error);
      return { bytes, codings, problem: `the body is not ${coding}: ${reason}` };
    }
  }
  return { bytes, codings };
}

function tooLarge(codings: readonly string[]): DecodedBody {
  const problem = `the body has more than ${maxBodyBytes} bytes`;
  return { bytes: Buffer.alloc(0), codings, problem, isTooLarge: true };
}

function isNamed(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
