import { cleanHeaders } from "./response.ts";
import type { Answer, Transport } from "./transport/transport.ts";

/** What is known of a response beside its body. */
export interface ResponseInfo {
  readonly status: number;
  /** With every known key taken out. */
  readonly headers: Headers;
  /** The response's `x-request-id`; null where it has none. */
  readonly requestId: string | null;
}

/** A body, and the response that it came with. */
export interface DataWithResponse<Data> {
  readonly data: Data;
  /** The last response of the call: the one that succeeded. */
  readonly response: ResponseInfo;
}

/** The promise of a body, which also tells of the response that the body came with. */
export interface ResponsePromise<Data> extends Promise<Data> {
  /**
   * The same body with the status and the headers of its response; no other request is sent. Rejects
   * with what the promise rejects with, which then needs no handler of its own.
   */
  withResponse(): Promise<DataWithResponse<Data>>;
}

/** The promise of an answer's body. It is a promise of the runtime's own, which `await` takes as it is. */
export function toResponsePromise<Data>(
  { redactor }: Transport,
  answer: Promise<Answer<Data>>,
): ResponsePromise<Data> {
  let known: Answer<Data>;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is missing is added below
  const promise = answer.then((its) => {
    known = its;
    return its.data;
  }) as ResponsePromise<Data>;
  // One reaction on each promise: an engine follows only that to the caller, whom the stack of an error shows.
  promise.withResponse = () =>
    promise.then((data) => {
      const { status } = known;
      const headers = cleanHeaders(known.headers, redactor);
      return { data, response: { status, headers, requestId: headers.get("x-request-id") } };
    });
  return promise;
}
