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
  /** As sent: path and query, or a whole URL. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body is longer than the mock reads, and was left out. */
  readonly isBodyTooLong?: boolean;
}

/** The longest body that is read: Prism's own limit. */
export const maxRequestBytes: number = 10 * 1024 * 1024;

/** A request, with its target taken apart. A whole URL names the host in place of the header (RFC 9112, section 3.2.2). */
export function toMockRequest(request: Omit<MockRequest, "path" | "query">): MockRequest {
  const [, host, ownTarget = ""] =
    /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)([^#]*)/i.exec(request.target) ?? [];
  const [path = "", query] = (host === undefined ? request.target : ownTarget).split(/\?(.*)/s);
  return {
    ...request,
    ...(host === undefined ? {} : { headers: { ...request.headers, host } }),
    path: host !== undefined && path === "" ? "/" : path,
    query: new URLSearchParams(query),
  };
}
