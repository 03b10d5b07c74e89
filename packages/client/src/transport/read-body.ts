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
    if (done) return decoder.decode(joinChunks(chunks, byteCount));
    byteCount += value.byteLength;
    if (byteCount > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

/** The chunks as one; most bodies have only one. */
function joinChunks(chunks: readonly Uint8Array[], byteCount: number): Uint8Array | undefined {
  if (chunks.length < 2) return chunks[0];
  const whole = new Uint8Array(byteCount);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
