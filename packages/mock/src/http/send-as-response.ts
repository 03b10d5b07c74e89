import { wireSteps } from "../faults/wire-steps.ts";
import type { WireStep } from "../faults/wire-steps.ts";
import { delay, hang } from "./delay.ts";
import type { Exchange } from "./handle-request.ts";

/** Returns an answer as `fetch` does, including the effects of a fault on the connection. */
export async function sendAsResponse(
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
    throw networkError("fetch failed: mock.fetch does not follow redirects", "mock_redirect");
  }
  const hasBody = ![204, 205, 304].includes(status) && !exchange.isHead;
  const isUndecodable = headers["content-encoding"] !== undefined;
  return new Response(hasBody ? bodyStream(steps, signal, isUndecodable) : null, {
    status,
    headers: { ...headers },
  });
}

function bodyStream(
  steps: Iterator<WireStep>,
  signal: AbortSignal,
  isUndecodable: boolean,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      try {
        if (isUndecodable) throw networkError("terminated", "Z_DATA_ERROR");
        const next = steps.next();
        if (next.done === true) return controller.close();
        await perform(next.value, controller, signal);
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

async function perform(
  step: WireStep,
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (step.do === "wait") await delay(step.delayMs, signal);
  if (step.do === "write") controller.enqueue(new Uint8Array(step.bytes));
  if (step.do === "hang") await hang(signal);
  if (step.do === "reset") throw networkError("terminated", "ECONNRESET");
  if (step.do === "close") throw networkError("terminated", "UND_ERR_SOCKET");
  if (step.do === "end") controller.close();
}

/** The error that `fetch` rejects with when a connection fails. */
function networkError(message: string, code: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) });
}
