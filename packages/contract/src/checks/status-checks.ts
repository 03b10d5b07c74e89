import type { Expectation, Family } from "../plan/contract-case.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";

/** Whether a status is among those that an expectation accepts. */
export function isExpectedStatus(expectation: Expectation, status: number): boolean {
  return expectation.statuses.some(
    (one) => one === status || one === `${Math.floor(status / 100)}XX`,
  );
}

const undocumented: Check = {
  id: "status/undocumented",
  asserts: "The status of a response is one that the spec documents for the operation.",
  severity: "error",
  why: "Clients do not handle a status that is not documented.",
  fix: "Answer with a documented status, or document this one.",
  judge: ({ response, documented, contractCase, operation }) => {
    if (response === undefined || response.status === 0 || contractCase.scope !== "operation")
      return undefined;
    if (documented !== undefined) return [];
    const isTolerated =
      contractCase.expect !== undefined && isExpectedStatus(contractCase.expect, response.status);
    // HTTP leaves the choice of some refusals to the service; a success must be documented.
    if (isTolerated && response.status >= 300) return [];
    // A redirect and a server error on a planned request have checks of their own.
    if (
      isRedirect(response.status) ||
      (response.status >= 500 && contractCase.family !== "traffic")
    )
      return [];
    const expected = `one of ${operation.responses.map((one) => one.status).join(", ")}`;
    return [{ expected, actual: String(response.status) }];
  },
};

/** Whether a status sends the client elsewhere. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

const redirect: Check = {
  id: "status/redirect",
  asserts: "A request is not redirected where the spec documents no redirect.",
  severity: "error",
  why: "A client that follows it sends the key to the target; one that does not sees a failure.",
  fix: "Answer the request where it was sent.",
  judge: ({ response, documented, contractCase }) => {
    if (response === undefined || response.status === 0) return undefined;
    if (!isRedirect(response.status) || documented !== undefined) return [];
    if (contractCase.expect !== undefined && isExpectedStatus(contractCase.expect, response.status))
      return [];
    const target = headerValue(response.headers, "location") ?? "no location";
    return [
      { expected: "a response without a redirect", actual: `${response.status} to ${target}` },
    ];
  },
};

const planned: Readonly<Partial<Record<Family, string>>> = {
  read: "an ordinary read",
  path: "any path value",
  auth: "any credential",
  access: "a request of another tenant",
  method: "an unsupported method",
  accept: "an unsupported media type or coding",
  head: "HEAD",
  conditional: "a conditional request",
  cors: "a request from another origin",
  watch: "a repeated read",
};

const serverErrors: readonly Check[] = Object.entries(planned).map(([family, what]) => ({
  id: `${family}/server-error`,
  asserts: `The service does not fail on ${what}.`,
  severity: "error",
  why: "A client can make the service fail, and retries what can never succeed.",
  fix: "Answer with the 4xx that names the fault of the request, or with the resource.",
  judge: ({ response, contractCase }) => {
    if (response === undefined || contractCase.family !== family) return undefined;
    // 501 is the right response to an unknown method (RFC 9110, section 15.6.2).
    const isTolerated =
      contractCase.expect !== undefined && isExpectedStatus(contractCase.expect, response.status);
    return response.status >= 500 && !isTolerated
      ? [{ expected: "no server error", actual: String(response.status) }]
      : [];
  },
}));

/** Checks of the status that hold for every request. */
export const statusChecks: readonly Check[] = [undocumented, redirect, ...serverErrors];
