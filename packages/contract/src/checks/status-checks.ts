import type { ContractCase, Expectation, Family } from "../plan/contract-case.ts";
import type { HeaderList } from "../wire/wire-request.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

/** Whether a status is among those that an expectation accepts. */
export function isExpectedStatus(expectation: Expectation, status: number): boolean {
  return expectation.statuses.some(
    (one) => one === status || one === `${Math.floor(status / 100)}XX`,
  );
}

/** Whether a case itself accepts a status. */
function isTolerated({ expect }: ContractCase, status: number): boolean {
  return expect !== undefined && isExpectedStatus(expect, status);
}

const undocumented: Check = {
  id: "status/undocumented",
  asserts: "The status of a response is one that the spec documents for the operation.",
  why: "Clients do not handle a status that is not documented.",
  fix: "Answer with a documented status, or document this one.",
  judge: ofResponse(({ response: { status }, documented, contractCase, operation, exchange }) => {
    if (contractCase.scope !== "operation") return undefined;
    if (documented !== undefined) return [];
    // HTTP leaves the choice of some refusals to the service; a success must be documented.
    if (isTolerated(contractCase, status) && status >= 300) return [];
    if (answersCondition(status, exchange.request.headers)) return [];
    // A redirect and a server error on a planned request have checks of their own.
    if (isRedirect(status) || (status >= 500 && contractCase.family !== "traffic")) return [];
    const expected = `one of ${operation.responses.map((one) => one.status).join(", ")}`;
    return [{ expected, actual: String(status) }];
  }),
};

/** Headers of a request by which it asks for the status itself (RFC 9110, sections 13 and 14). */
const conditions: Readonly<Record<number, readonly string[]>> = {
  304: ["if-none-match", "if-modified-since"],
  412: ["if-match", "if-unmodified-since", "if-none-match"],
  206: ["range"],
  416: ["range"],
};

/** Whether a status is one that the client has asked for, so that no document has to have it. */
export function answersCondition(status: number, headers: HeaderList): boolean {
  return (conditions[status] ?? []).some((name) => headerValue(headers, name) !== undefined);
}

/** Whether a status sends the client elsewhere. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

const redirect: Check = {
  id: "status/redirect",
  asserts: "A request is not redirected where the spec documents no redirect.",
  why: "A client that follows it sends the key to the target; one that does not sees a failure.",
  fix: "Answer the request where it was sent.",
  judge: ofResponse(({ response: { status }, header, documented, contractCase }) => {
    const isWrong =
      isRedirect(status) && documented === undefined && !isTolerated(contractCase, status);
    const actual = `${status} to ${header("location") ?? "no location"}`;
    return assertThat(!isWrong, "a response without a redirect", actual);
  }),
};

const planned: Readonly<Partial<Record<Family, string>>> = {
  read: "an ordinary read",
  path: "any path value",
  query: "a query or a header with the name of a parameter",
  auth: "any credential",
  access: "a request of another tenant",
  parallel: "requests that overlap",
  "keep-alive": "several requests on one connection",
  method: "an unsupported method",
  accept: "an unsupported media type or coding",
  head: "HEAD",
  options: "OPTIONS",
  conditional: "a conditional request",
  cors: "a request from another origin",
  watch: "a repeated read",
};

const serverErrors: readonly Check[] = Object.entries(planned).map(([family, what]) => ({
  id: `${family}/server-error`,
  asserts: `The service does not fail on ${what}.`,
  why: "A client can make the service fail, and retries what can never succeed.",
  fix: "Answer with the 4xx that names the fault of the request, or with the resource.",
  judge: ofResponse(({ response: { status }, contractCase, exchange: { request } }) => {
    if (contractCase.family !== family) return undefined;
    // A method that is not offered may get 501 (RFC 9110, section 15.6.2); GET must be.
    const isNotOffered = status === 501 && request.method !== "GET";
    const isRight = status < 500 || isNotOffered || isTolerated(contractCase, status);
    return assertThat(isRight, "no server error", String(status));
  }),
}));

/** Checks of the status that hold for every request. */
export const statusChecks: readonly Check[] = [undocumented, redirect, ...serverErrors];
