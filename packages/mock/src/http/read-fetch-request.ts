import type { MockRequest } from "./answer.ts";
import { toMockRequest } from "./answer.ts";

/** Converts the arguments of `fetch` to a request of the mock. */
export async function readFetchRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<{ request: MockRequest; signal: AbortSignal; redirect: Request["redirect"] }> {
  const base = typeof input === "string" ? new URL(input, "http://mock.invalid") : input;
  const request = new Request(base, init);
  const url = new URL(request.url);
  const body = request.body === null ? "" : await request.text();
  const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return {
    request: toMockRequest({
      method: request.method,
      target: `${url.pathname}${url.search}`,
      headers: { ...Object.fromEntries(request.headers), ...length },
      body,
    }),
    signal: request.signal,
    redirect: request.redirect,
  };
}
