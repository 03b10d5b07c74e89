/** What a body is read with. */
interface Reader {
  read(): Promise<IteratorResult<Uint8Array | string, unknown>>;
  cancel(): Promise<unknown>;
}

/** A body in pieces: the web's stream, or one of Node's, as node-fetch has them. Without any of these, a text or bytes. */
interface AnyBody extends Partial<AsyncIterable<Uint8Array | string>> {
  getReader?(): Reader;
  cancel?(): Promise<unknown>;
  destroy?(): unknown;
}

/** What the client reads of a response: one of the runtime's `fetch`, of another one, or of a mock. */
export interface AnyResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly redirected?: boolean;
  readonly body?: AnyBody | string | null;
  /** The body as text; undefined, with the rest left unread, where it is more than `maxBytes`. */
  readText?(maxBytes: number): Promise<string | undefined>;
  text?(): Promise<string>;
  json?(): Promise<unknown>;
  arrayBuffer?(): Promise<ArrayBuffer>;
}

/** Decodes whole bodies only, so it keeps nothing from one to the next. */
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Reads a body as text, and not more than `maxBytes` of it: undefined as soon as there is more, with
 * the rest left unread, as after an abort. Without a stream to read from, it knows the size only at the end.
 *
 * A stream's reader also takes less time than `text()` has in Node.
 */
export function readBody(
  response: AnyResponse,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (response.readText !== undefined) return response.readText(maxBytes);
  const stream: AnyBody = Object(response.body);
  const reader = stream.getReader?.() ?? readerOf(stream[Symbol.asyncIterator]?.());
  return reader === undefined
    ? readWhole(response, maxBytes)
    : readChunks(reader, maxBytes, signal);
}

/** Frees the connection of a response that is not read. */
export function discardBody(response: AnyResponse): void {
  const stream: AnyBody = Object(response.body);
  if (typeof stream.cancel === "function") stream.cancel().catch(() => undefined);
  else stream.destroy?.();
}

function readerOf(pieces: AsyncIterator<Uint8Array | string> | undefined): Reader | undefined {
  return pieces && { read: () => pieces.next(), cancel: async () => pieces.return?.() };
}

async function readChunks(
  reader: Reader,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let chunks: Uint8Array[] | undefined;
  let byteCount = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done === true) return decode(chunks ?? []);
    const chunk = typeof value === "string" ? encoder.encode(value) : value;
    byteCount += chunk.byteLength;
    if (byteCount > maxBytes || signal.aborted) {
      // Not awaited: of a body that was cloned it ends only when the clone is read or cancelled, too.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    // An array that is pushed to holds places for sixteen more, and most bodies have one chunk.
    if (chunks === undefined) chunks = [chunk];
    else chunks.push(chunk);
  }
}

async function readWhole(response: AnyResponse, maxBytes: number): Promise<string | undefined> {
  const text = await wholeText(response);
  return encoder.encode(text).byteLength > maxBytes ? undefined : text;
}

/** Mocks have one of the methods of a `Response`, or no more than a body. */
async function wholeText(response: AnyResponse): Promise<string> {
  if (response.text) return response.text();
  if (response.json) return JSON.stringify(await response.json()) ?? "";
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a stream to read, it is a text or bytes
  const body = response.body as Blob | null | undefined;
  return new Response((await response.arrayBuffer?.()) ?? body).text();
}

/** A decoder that keeps the rest of a character is for others. */
function decode(chunks: readonly Uint8Array[]): string {
  if (chunks.length < 2) return decoder.decode(chunks[0]);
  const ofChunks = new TextDecoder();
  const texts = chunks.map((chunk) => ofChunks.decode(chunk, { stream: true }));
  return texts.join("") + ofChunks.decode();
}
