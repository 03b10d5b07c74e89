import { RedirectError } from "../errors.ts";
import { delay, hang, wireSteps } from "../faults/wire-steps.ts";
import type { WireStep } from "../faults/wire-steps.ts";
import type { MockRequest } from "./answer.ts";
import { maxRequestBytes, toMockRequest } from "./answer.ts";
import type { Exchange } from "./handle-request.ts";

/** Serves the arguments of `fetch` as it does, including the effects of a fault on the connection. */
export async function serveFetch(
  handle: (request: MockRequest) => Promise<Exchange>,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const base = typeof input === "string" ? new URL(input, "http://mock.invalid") : input;
  const request = new Request(base, init);
  const exchange = await handle(await toPlainRequest(request));
  return sendAsResponse(exchange, request.signal, request.redirect);
}

async function toPlainRequest(request: Request): Promise<MockRequest> {
  const { pathname, search } = new URL(request.url);
  const body = request.body === null ? "" : await request.text();
  const byteLength = Buffer.byteLength(body);
  const length = body === "" ? {} : { "content-length": String(byteLength) };
  const headers = { ...Object.fromEntries(request.headers), ...length };
  return toMockRequest({
    method: request.method,
    target: `${pathname}${search}`,
    headers,
    body,
    isBodyTooLong: byteLength > maxRequestBytes,
  });
}

async function sendAsResponse(
  exchange: Exchange,
  signal: AbortSignal,
  redirect: Request["redirect"],
): Promise<Response> {
  signal.throwIfAborted();
  if (exchange.delayMs > 0) await delay(exchange.delayMs, signal);
  const steps = wireSteps(exchange.answer, exchange.fault, { isHead: exchange.isHead });
  // Not by for…of: leaving the loop would end the steps, and the body is made from the rest of them.
  const { value: step } = steps.next();
  if (step?.do === "hang") await hang(signal);
  if (step?.do !== "head") throw networkError("fetch failed", "ECONNRESET");
  const { status, headers } = step;
  if (headers["location"] !== undefined && redirect !== "manual") {
    const cause = new RedirectError();
    throw new TypeError(`fetch failed: ${cause.message}`, { cause });
  }
  const hasBody = ![204, 205, 304].includes(status) && !exchange.isHead;
  const isUndecodable = headers["content-encoding"] !== undefined;
  const body = hasBody ? ReadableStream.from(bodyOf(steps, signal, isUndecodable)) : null;
  return new Response(body, { status, headers: { ...headers } });
}

async function* bodyOf(
  steps: Iterable<WireStep>,
  signal: AbortSignal,
  isUndecodable: boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  if (isUndecodable) throw networkError("terminated", "Z_DATA_ERROR");
  for (const step of steps) {
    signal.throwIfAborted();
    if (step.do === "wait") await delay(step.delayMs, signal);
    if (step.do === "write") yield new Uint8Array(step.bytes);
    if (step.do === "hang") await hang(signal);
    if (step.do === "reset") throw networkError("terminated", "ECONNRESET");
    if (step.do === "close") throw networkError("terminated", "UND_ERR_SOCKET");
  }
}

/** The error that `fetch` rejects with when a connection fails. */
function networkError(message: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) });
}
