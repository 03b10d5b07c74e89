import { pipeline, type Duplex, type Readable } from "node:stream";
import zlib from "node:zlib";
import type { AnyResponse } from "../transport/read-body.ts";
import { createAnyInflate } from "./create-any-inflate.ts";

/** What `content-encoding` may say; the client asks for none, and some servers compress all the same. */
const decompressors: Map<string, () => Duplex> = new Map<string, () => Duplex>([
  ["gzip", zlib.createGunzip],
  ["x-gzip", zlib.createGunzip],
  ["deflate", createAnyInflate],
  ["br", zlib.createBrotliDecompress],
]);
// From Node 22.15 on; the types are those of the oldest.
const createZstd: unknown = Reflect.get(zlib, "createZstdDecompress");
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Node documents
if (typeof createZstd === "function") decompressors.set("zstd", createZstd as () => Duplex);

const ignore = (): void => undefined;

/** Each takes memory of its own, and no server has a reason for more than one. */
const maxCodings = 5;

/** Decodes whole bodies only, so it keeps nothing from one to the next. */
const decoder = new TextDecoder();

/** A response of Node's or undici's, as far as the client looks at one. */
export interface NodeMessage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly stream: MessageStream;
}

/** The body of a message. That of undici can be read as a whole, past the events of a stream. */
type MessageStream = Readable & { readonly text?: () => Promise<string> };

/** A message in the shape of a response. */
export function toResponse(message: NodeMessage): Response {
  const response = new NodeResponse(message);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the client uses only what the class has
  return response as unknown as Response;
}

class NodeResponse implements Pick<AnyResponse, "readText"> {
  readonly status: number;
  readonly headers: NodeHeaders;
  readonly redirected: boolean = false;
  readonly #stream: MessageStream;

  constructor(message: NodeMessage) {
    // The connection may be lost before somebody reads, and an error that nobody hears ends the process.
    this.#stream = message.stream.on("error", ignore);
    this.status = message.status;
    this.headers = new NodeHeaders(message.headers);
  }

  /** What the client does with a body that it does not read. */
  get body(): { cancel(): Promise<void> } {
    return {
      cancel: () => {
        this.#stream.destroy();
        return Promise.resolve();
      },
    };
  }

  readText(maxBytes: number): Promise<string | undefined> {
    const stream = this.#stream;
    const coding = this.headers.get("content-encoding");
    if (coding === null) {
      // No more than that length arrives.
      const isBounded = Number(this.headers.get("content-length") ?? Infinity) <= maxBytes;
      return isBounded && stream.text ? stream.text() : textOf(stream, maxBytes);
    }
    // What becomes of one stream becomes of the others; `textOf` learns it from the last.
    const decompressed = decompressorsOf(coding).reduce<Readable>(
      (from, decompress) => pipeline(from, decompress(), ignore),
      stream,
    );
    return textOf(decompressed, maxBytes);
  }
}

/** What undoes the codings of a body, in order; nothing where one of them is unknown, as `fetch` has it. */
function decompressorsOf(contentEncoding: string): (() => Duplex)[] {
  const codings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "identity")
    .toReversed();
  const known = codings.flatMap((coding) => decompressors.get(coding) ?? []);
  return known.length === codings.length && known.length <= maxCodings ? known : [];
}

/** The headers of a message, read where they are. */
class NodeHeaders {
  readonly #headers: NodeMessage["headers"];

  constructor(headers: NodeMessage["headers"]) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name.toLowerCase()];
    return (Array.isArray(value) ? value.join(", ") : value) ?? null;
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of this) callback(value, name);
  }

  *[Symbol.iterator](): Generator<[string, string], undefined> {
    for (const [name, value] of Object.entries(this.#headers)) {
      // Of these there is one for each cookie: a comma would not part them (RFC 6265, section 3).
      if (name === "set-cookie") for (const cookie of [value].flat()) yield [name, cookie ?? ""];
      else yield [name, this.get(name) ?? ""];
    }
    return undefined;
  }
}

/** All of a stream as text; undefined, and the stream destroyed, once it is more than `maxBytes`. */
function textOf(stream: Readable, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let byteCount = 0;
    stream.on("data", (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      chunks.push(chunk);
      if (byteCount <= maxBytes) return;
      resolve(undefined);
      stream.destroy();
    });
    const fail = (): void => reject(stream.errored ?? new Error("closed before its end"));
    if (stream.destroyed) return fail();
    stream.once("error", reject);
    // Not every stream that is cut says so otherwise. After the end it would cost an error, with its stack, for each call.
    stream.once("close", fail);
    stream.once("end", () => {
      stream.off("close", fail);
      const [first] = chunks;
      const whole = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
      resolve(decoder.decode(whole));
    });
  });
}
