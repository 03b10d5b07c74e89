/** A request to the mock, with every key removed. */
export interface RecordedRequest {
  /** Counts from 1, since the start or the last reset. */
  readonly number: number;
  /** Milliseconds since 1970, by the mock's clock. */
  readonly atMs: number;
  readonly method: string;
  /** Path and query as sent, keys redacted. */
  readonly target: string;
  /** Id of the operation of the document that was asked for; `undefined` if it has none for the method and path. */
  readonly operation: string | undefined;
  /** Path parameters, if the path is one of the document's. */
  readonly path: Readonly<Record<string, string>>;
  /** Names in lower case, keys redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Status that was sent; `undefined` if a fault sent none. */
  readonly status: number | undefined;
  /** Kind of the fault that happened. */
  readonly fault: string | undefined;
  /** How long faults delayed the answer. */
  readonly delayMs: number;
}

/** The last requests, oldest first. */
export class RequestLog {
  readonly #capacity: number;
  #entries: RecordedRequest[] = [];
  #count = 0;

  /** @param capacity - How many requests are kept; the oldest are dropped. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get entries(): readonly RecordedRequest[] {
    return this.#entries.slice(-this.#capacity);
  }

  /** How many requests there were since the last reset. */
  get count(): number {
    return this.#count;
  }

  add(request: Omit<RecordedRequest, "number">): void {
    this.#count++;
    this.#entries.push({ number: this.#count, ...request });
    // Cutting only now and then keeps the cost of recording constant.
    if (this.#entries.length >= 2 * this.#capacity) {
      this.#entries = this.#entries.slice(-this.#capacity);
    }
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}
