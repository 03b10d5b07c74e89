import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What `content-encoding` may say; the client asks for none, and some servers compress all the same. */
const decompressors: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** A message as far as the client looks at a response. */
export function toResponse(message: IncomingMessage): Response {
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
  readonly #message: IncomingMessage;

  constructor(message: IncomingMessage) {
    this.#message = message;
    this.status = message.statusCode ?? 0;
    this.ok = this.status >= 200 && this.status < 300;
    this.headers = new NodeHeaders(message);
  }

  /** The body as a stream, decompressed. */
  get body(): ReadableStream<Uint8Array> {
    const decompress = decompressors[this.headers.get("content-encoding") ?? ""];
    const source =
      decompress === undefined ? this.#message : decompressed(this.#message, decompress());
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream of bytes, typed as one of anything
    return Readable.toWeb(source) as ReadableStream<Uint8Array>;
  }

  /** The whole body, which the client asks for only where its length is known. */
  text(): Promise<string> {
    const message = this.#message;
    return new Promise((resolve, reject) => {
      let first: Buffer | undefined;
      let rest: Buffer[] | undefined;
      message.on("data", (chunk: Buffer) => {
        if (first === undefined) first = chunk;
        else (rest ??= []).push(chunk);
      });
      message.once("error", reject);
      message.once("end", () => {
        const whole =
          rest === undefined ? first : Buffer.concat([first ?? Buffer.alloc(0), ...rest]);
        resolve(whole?.toString("utf8") ?? "");
      });
    });
  }
}

/** The headers of a message, read where they are. */
class NodeHeaders {
  readonly #message: IncomingMessage;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  get(name: string): string | null {
    const value = this.#message.headers[name.toLowerCase()];
    return (Array.isArray(value) ? value.join(", ") : value) ?? null;
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of this) callback(value, name);
  }

  *[Symbol.iterator](): Generator<[string, string], undefined> {
    for (const name of Object.keys(this.#message.headers)) yield [name, this.get(name) ?? ""];
    return undefined;
  }
}

function decompressed(message: IncomingMessage, decompress: NodeJS.ReadWriteStream): Readable {
  message.once("error", (error) => decompress.emit("error", error));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every stream of node:zlib is readable
  return message.pipe(decompress) as unknown as Readable;
}
