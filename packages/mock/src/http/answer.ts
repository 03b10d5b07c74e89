/** A whole answer, before any fault. */
export interface Answer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request, wherever it came from. */
export interface MockRequest {
  /** In upper case. */
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
