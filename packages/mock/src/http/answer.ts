/** A whole answer, before any fault. */
export interface Answer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request, over a socket or by `fetch`. */
export interface MockRequest {
  /** In upper case. */
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Splits a request target into path and query. */
export function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const [path = "", query] = target.split(/\?(.*)/s);
  return { path, query: new URLSearchParams(query) };
}
