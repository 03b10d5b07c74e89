import type { Check, CheckText } from "./check.ts";
import type { ExpectationText } from "./expectation-texts.ts";
import { misfits, served } from "./expectation-texts.ts";
import { isExpectedStatus } from "./status-checks.ts";

function servedCheck(row: ExpectationText): Check {
  const text = toText(row);
  return {
    ...text,
    judge: ({ contractCase, response, mediaType }) => {
      if (contractCase.expect?.whenServed !== text.id || response === undefined) return undefined;
      const isServed = response.status >= 200 && response.status < 300;
      const expected = contractCase.expect.statuses.join(" or ");
      return isServed
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
      const { expect, sameAnswerAs } = contractCase;
      if (expect === undefined || response === undefined || response.status === 0) return undefined;
      const { status } = response;
      const named = [expect.otherwise, ...Object.values(expect.whenStatus ?? {})];
      if (!named.includes(text.id)) return undefined;
      if (
        isExpectedStatus(expect, status) ||
        (expect.whenStatus?.[status] ?? expect.otherwise) !== text.id
      )
        return [];
      // A service that answers every stranger with the same 404 tells nothing by it.
      const isUniform =
        sameAnswerAs !== undefined && history.latest(sameAnswerAs)?.response?.status === status;
      if (isUniform && contractCase.family === "auth") return [];
      const isServed = status >= 200 && status < 300 && expect.whenServed !== undefined;
      const isUndocumented = contractCase.scope === "operation" && documented === undefined;
      // Each of these has a check of its own.
      if (
        isServed ||
        isUndocumented ||
        status >= 500 ||
        (status >= 300 && status < 400 && status !== 304)
      )
        return [];
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
