import { isSuccess } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { Check, CheckText } from "./check.ts";
import type { ExpectationText } from "./expectation-texts.ts";
import { misfits, served } from "./expectation-texts.ts";
import { isExpectedStatus, isRedirect } from "./status-checks.ts";

function servedCheck(row: ExpectationText): Check {
  const text = toText(row);
  return {
    ...text,
    judge: (subject) => {
      const { contractCase, response, mediaType } = subject;
      if (contractCase.expect?.whenServed !== text.id || response === undefined) return undefined;
      const expected = contractCase.expect.statuses.join(" or ");
      return isSuccess(subject)
        ? [{ expected, actual: `${response.status} with ${mediaType ?? "no media type"}` }]
        : [];
    },
  };
}

function misfitCheck(row: ExpectationText): Check {
  const text = toText(row);
  return {
    ...text,
    judge: ({ contractCase, response, documented }, { history }) => {
      const { expect } = contractCase;
      if (expect === undefined || response === undefined || response.status === 0) return undefined;
      const { status } = response;
      const named = [expect.otherwise, ...Object.values(expect.whenStatus ?? {})];
      if (!named.includes(text.id)) return undefined;
      if (
        isExpectedStatus(expect, status) ||
        (expect.whenStatus?.[status] ?? expect.otherwise) !== text.id
      )
        return [];
      // A service that gives every stranger the same 404 reveals nothing by it.
      const isUniform = history.comparedWith(contractCase)?.response?.status === status;
      if (isUniform && contractCase.family === "auth") return [];
      const isServed = isSuccessStatus(status) && expect.whenServed !== undefined;
      const isUndocumented = contractCase.scope === "operation" && documented === undefined;
      // Each of these has a check of its own.
      if (isServed || isUndocumented || status >= 500 || isRedirect(status)) return [];
      return [{ expected: expect.statuses.join(" or "), actual: String(status) }];
    },
  };
}

function toText([id, asserts, why, fix]: ExpectationText): CheckText {
  return { id, asserts, severity: "error", why, fix };
}

/** Checks that a case was answered with a status that fits it. */
export const expectationChecks: readonly Check[] = [
  ...served.map(servedCheck),
  ...misfits.map(misfitCheck),
];
