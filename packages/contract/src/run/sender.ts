import { setTimeout as sleep } from "node:timers/promises";
import { maxBodyBytes } from "../wire/decode-body.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { KeptExchange } from "../wire/send-on-one-connection.ts";
import { sendOnOneConnection } from "../wire/send-on-one-connection.ts";
import type { SendOptions } from "../wire/send-request.ts";
import { sendRequest } from "../wire/send-request.ts";
import type { WireRequest } from "../wire/wire-request.ts";
import type { RunOptions } from "./run-options.ts";

type SenderOptions = Pick<
  RunOptions,
  "timeoutMs" | "ca" | "signal" | "maxTimeMs" | "maxRequestsPerSecond"
>;

/** Sends the requests of a run: counted, not faster than allowed, and none once the run is to end. */
export class Sender {
  /** Counts every request. */
  requests: number = 0;
  /** Of these, the ones that only confirm what earlier ones have shown; no plan has a budget for them. */
  confirming: number = 0;
  /** Whether a rate limit answered although it was waited for, so that waiting again is of no use. */
  isRefused: boolean = false;
  readonly #provider: URL;
  readonly #options: SenderOptions;
  readonly #sendOptions: SendOptions;
  readonly #end: AbortSignal;
  #nextAtMs = 0;

  constructor(provider: URL, options: SenderOptions) {
    this.#provider = provider;
    this.#options = options;
    const { signal, maxTimeMs, timeoutMs = 10_000, ca } = options;
    const ends = maxTimeMs === undefined ? [] : [AbortSignal.timeout(maxTimeMs)];
    this.#end = AbortSignal.any([...(signal === undefined ? [] : [signal]), ...ends]);
    this.#sendOptions = { timeoutMs, maxResponseBytes: maxBodyBytes, ca, signal: this.#end };
  }

  /** Why nothing is sent any more, if so. */
  get endReason(): string | undefined {
    if (!this.#end.aborted) return undefined;
    return this.#options.signal?.aborted === true
      ? "the run was stopped"
      : "--max-time was reached";
  }

  /** Sends a request on a connection of its own. Never rejects. */
  async send(request: WireRequest): Promise<Exchange> {
    await this.#pace(1);
    if (this.#end.aborted) return this.#stopped(request);
    this.requests += 1;
    return sendRequest(this.#provider, request, this.#sendOptions);
  }

  /** Sends requests one after the other on one connection, as long as the provider keeps it. Never rejects. */
  async sendOnOneConnection(requests: readonly WireRequest[]): Promise<readonly KeptExchange[]> {
    await this.#pace(requests.length);
    if (this.#end.aborted)
      return requests.map((request) => ({ exchange: this.#stopped(request), isReused: true }));
    this.requests += requests.length;
    return sendOnOneConnection(this.#provider, requests, this.#sendOptions);
  }

  /** Waits, but no longer than the run may take. */
  async wait(delayMs: number): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.#end }).catch(() => {});
  }

  /** Waits for the turn of so many requests. */
  async #pace(count: number): Promise<void> {
    const { maxRequestsPerSecond } = this.#options;
    if (maxRequestsPerSecond === undefined) return;
    const now = performance.now();
    const turnMs = Math.max(now, this.#nextAtMs);
    this.#nextAtMs = turnMs + (count * 1000) / maxRequestsPerSecond;
    if (turnMs > now) await this.wait(turnMs - now);
  }

  #stopped(request: WireRequest): Exchange {
    const failure = { kind: "stopped", message: this.endReason ?? "" } as const;
    return { request, failure, startedAtMs: Date.now(), durationMs: 0 };
  }
}
