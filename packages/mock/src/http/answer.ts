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
  /** Path and query, as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request, with its target taken apart. */
export function toMockRequest(request: Omit<MockRequest, "path" | "query">): MockRequest {
  const [path = "", query] = request.target.split(/\?(.*)/s);
  return { ...request, path, query: new URLSearchParams(query) };
}
