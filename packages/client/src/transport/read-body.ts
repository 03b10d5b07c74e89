/** The body is larger than `maxResponseBytes`. */
export class BodyTooLargeError extends Error {}

/**
 * Node's HTTP parser hands over as many bytes as `Content-Length` says, so what it says can be
 * relied on there. Other runtimes may decompress a body and still show its compressed length.
 */
const lengthIsExact =
  typeof process === "object" &&
  process.release?.name === "node" &&
  !("Bun" in globalThis) &&
  !("Deno" in globalThis);

/**
 * Reads a body as text, and not more than `maxBytes` of it.
 *
 * @throws BodyTooLargeError as soon as there is more, with the rest left unread.
 */
export function readBody(response: Response, maxBytes: number): Promise<string> {
  const { headers } = response;
  const length = headers.get("content-length");
  if (length !== null && Number(length) > maxBytes) return refuse(response);
  // The quick way, where what is read can't be more than what was announced.
  if (lengthIsExact && length !== null && headers.get("content-encoding") === null) {
    return response.text();
  }
  return response.body === null ? Promise.resolve("") : readChunks(response.body, maxBytes);
}

async function refuse(response: Response): Promise<never> {
  await response.body?.cancel();
  throw new BodyTooLargeError();
}

async function readChunks(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new BodyTooLargeError();
    }
    text += decoder.decode(value, { stream: true });
  }
}
