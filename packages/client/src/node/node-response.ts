import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What `content-encoding` may say; the client asks for none, and some servers compress all the same. */
const decompressors: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** A response of Node's or undici's, as far as the client looks at one. */
export interface NodeMessage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly stream: Readable;
  /** The whole body, which the client asks for only where its length is known. */
  text(): Promise<string>;
}

/** A message in the shape of a response. */
export function toResponse(message: NodeMessage): Response {
  const response = new NodeResponse(message);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the client uses only what the class has
  return response as unknown as Response;
}

class NodeResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: NodeHeaders;
  readonly type: string = "basic";
  readonly redirected: boolean = false;
  readonly #message: NodeMessage;

  constructor(message: NodeMessage) {
    this.#message = message;
    this.status = message.status;
    this.ok = this.status >= 200 && this.status < 300;
    this.headers = new NodeHeaders(message.headers);
  }

  /** The body as a stream, decompressed. */
  get body(): ReadableStream<Uint8Array> {
    const { stream } = this.#message;
    const decompress = decompressors[this.headers.get("content-encoding") ?? ""];
    const source = decompress === undefined ? stream : decompressed(stream, decompress());
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream of bytes, typed as one of anything
    return Readable.toWeb(source) as ReadableStream<Uint8Array>;
  }

  text(): Promise<string> {
    return this.#message.text();
  }
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
    for (const name of Object.keys(this.#headers)) yield [name, this.get(name) ?? ""];
    return undefined;
  }
}

function decompressed(stream: Readable, decompress: NodeJS.ReadWriteStream): Readable {
  stream.once("error", (error) => decompress.emit("error", error));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every stream of node:zlib is readable
  return stream.pipe(decompress) as unknown as Readable;
}
