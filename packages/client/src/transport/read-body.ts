/** A response that reads its own body: those of `@qontext/sync-log-client/node` know quicker ways. */
export interface SelfReadingResponse {
  /** The body as text; undefined, with the rest left unread, where it is more than `maxBytes`. */
  readText(maxBytes: number): Promise<string | undefined>;
}

/** Decodes whole bodies only, so it keeps nothing from one to the next. */
const decoder = new TextDecoder();

/**
 * Reads a body as text, and not more than `maxBytes` of it: undefined as soon as there is more, with
 * the rest left unread.
 *
 * A stream's reader also takes less time than `text()` has in Node.
 */
export function readBody(
  response: Response | (Response & SelfReadingResponse),
  maxBytes: number,
): Promise<string | undefined> {
  if ("readText" in response) return response.readText(maxBytes);
  const { body } = response;
  return body === null ? Promise.resolve("") : readChunks(body, maxBytes);
}

async function readChunks(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<string | undefined> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks);
    byteCount += value.byteLength;
    if (byteCount > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

/** Most bodies have one chunk; a decoder that keeps the rest of a character is for others. */
function decode(chunks: readonly Uint8Array[]): string {
  if (chunks.length < 2) return decoder.decode(chunks[0]);
  const ofChunks = new TextDecoder();
  const texts = chunks.map((chunk) => ofChunks.decode(chunk, { stream: true }));
  return texts.join("") + ofChunks.decode();
}
