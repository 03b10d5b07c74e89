import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { delay, hang, wireSteps } from "../faults/wire-steps.ts";
import type { WireStep } from "../faults/wire-steps.ts";
import type { Exchange } from "./handle-request.ts";

/**
 * A reset discards what the other side has not read yet. The client gets this long to read, so that the reset happens inside the
 * body and not before it.
 */
const beforeResetMs = 40;

/** When sending must end early. */
export interface SendSignals {
  /** The client has gone. */
  readonly gone: AbortSignal;
  /** The client has gone, or the mock closes: ends an answer that would never end. */
  readonly stop: AbortSignal;
}

/** Sends an answer over a connection, step by step if there is a fault. */
export async function sendOnSocket(
  response: ServerResponse,
  exchange: Exchange,
  signals: SendSignals,
): Promise<void> {
  const { answer, fault, delayMs, isHead } = exchange;
  if (delayMs > 0) await delay(delayMs, signals.gone);
  if (fault === undefined) {
    const isBodyless = isHead || answer.status === 204;
    const length = { "content-length": String(Buffer.byteLength(answer.body)) };
    response.writeHead(
      answer.status,
      answer.status === 204 ? { ...answer.headers } : { ...answer.headers, ...length },
    );
    response.end(isBodyless ? undefined : answer.body);
    return;
  }
  for (const step of wireSteps(answer, fault, { isHead })) {
    await perform(response, step, signals);
  }
}

async function perform(
  response: ServerResponse,
  step: WireStep,
  { gone, stop }: SendSignals,
): Promise<void> {
  switch (step.do) {
    case "wait":
      return delay(step.delayMs, gone);
    case "head":
      response.writeHead(step.status, { ...step.headers });
      return response.flushHeaders();
    case "write":
      gone.throwIfAborted();
      if (!response.write(step.bytes)) await once(response, "drain", { signal: gone });
      return;
    case "hang":
      return hang(stop);
    case "reset":
      if (response.headersSent) await delay(beforeResetMs, gone);
      response.socket?.resetAndDestroy();
      return;
    case "close":
      response.socket?.end();
      return;
    case "end":
      response.end();
  }
}
