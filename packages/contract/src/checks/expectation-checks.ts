import { isServed, isSuccess } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { Check, CheckText } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";
import { misfitTexts, servedTexts } from "./expectation-texts.ts";
import { answersCondition, isExpectedStatus, isRedirect } from "./status-checks.ts";

function servedCheck(text: CheckText): Check {
  return {
    ...text,
    judge: ofResponse((subject, { history }) => {
      const { contractCase, response, mediaType } = subject;
      if (contractCase.expect?.whenServed !== text.id) return undefined;
      if (history.isImplied(contractCase)) return [];
      const expected = contractCase.expect.statuses.join(" or ");
      const actual = `${response.status} with ${mediaType ?? "no media type"}`;
      // That a copy is still right tells as much as the resource.
      const isShown =
        isServed(subject, (caseId) => history.latest(caseId)) || response.status === 304;
      return assertThat(!isShown, expected, actual);
    }),
  };
}

function misfitCheck(text: CheckText): Check {
  return {
    ...text,
    judge: ofResponse((subject, { history }) => {
      const { contractCase, response, documented, exchange } = subject;
      const { status } = response;
      const { expect } = contractCase;
      if (expect === undefined) return undefined;
      const { otherwise, whenStatus = {}, whenServed, statuses } = expect;
      if (![otherwise, ...Object.values(whenStatus)].includes(text.id)) return undefined;
      if (isExpectedStatus(expect, status) || (whenStatus[status] ?? otherwise) !== text.id)
        return [];
      if (history.isImplied(contractCase)) return [];
      if (isSuccess(subject) && !isServed(subject)) return [];
      // A service that gives every stranger the same 404 reveals nothing by it.
      const isUniform = history.comparedWith(contractCase)?.response?.status === status;
      if (isUniform && contractCase.family === "auth") return [];
      const isNamed = isSuccessStatus(status) && whenServed !== undefined;
      const isUndocumented =
        contractCase.scope === "operation" &&
        documented === undefined &&
        !answersCondition(status, exchange.request.headers);
      // Each of these has a check of its own.
      if (isNamed || isUndocumented || status >= 500 || isRedirect(status)) return [];
      return [{ expected: statuses.join(" or "), actual: String(status) }];
    }),
  };
}

/** Checks that a case was answered with a status that fits it. */
export const expectationChecks: readonly Check[] = [
  ...servedTexts.map(servedCheck),
  ...misfitTexts.map(misfitCheck),
];
