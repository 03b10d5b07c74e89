import { isServed, isSuccess } from "../run/subject.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";
import { anotherThanBefore } from "./same-resource.ts";

interface Concurrency {
  readonly family: "parallel" | "keep-alive";
  readonly beside: string;
  readonly fix: string;
}

const kinds: readonly Concurrency[] = [
  {
    family: "parallel",
    beside: "requests of other callers at the same time",
    fix: "Keep what belongs to a request in its own scope, never in a variable of the module.",
  },
  {
    family: "keep-alive",
    beside: "earlier requests on the same connection",
    fix: "Read the credential of each request; keep nothing with the connection.",
  },
];

function mixedUp({ family, beside, fix }: Concurrency): Check {
  return {
    id: `${family}/answer-mixed-up`,
    asserts: `Each caller gets the response to its own request, whatever the ${beside} ask for.`,
    why: "One customer reads another customer's data.",
    fix,
    judge: ofResponse((subject, { history }) => {
      const { contractCase, response } = subject;
      if (contractCase.family !== family) return undefined;
      if (!isServed(subject)) return [];
      if (contractCase.expect?.statuses.includes("2XX") === true)
        return anotherThanBefore(subject, history.readings(subject).at(-1));
      // What is served alone, too, is no matter of the others.
      const alone = history.comparedWith(contractCase);
      if (alone !== undefined && isSuccess(alone)) return [];
      const expected = contractCase.expect?.statuses.join(" or ") ?? "";
      return [{ expected, actual: `${response.status}: the response to another request` }];
    }),
  };
}

function differs({ family, beside, fix }: Concurrency): Check {
  return {
    id: `${family}/answer-differs`,
    asserts: `A request gets the status that it gets alone, whatever the ${beside} are.`,
    why: "Requests fail at random once there is more than one caller.",
    fix,
    judge: ofResponse((subject) => {
      const { contractCase, response } = subject;
      const { expect } = contractCase;
      if (contractCase.family !== family || expect === undefined) return undefined;
      // Each of these has a check of its own.
      if (isSuccess(subject) || response.status >= 500) return [];
      const isRight = expect.statuses.some(
        (one) => one === response.status || one === `${Math.floor(response.status / 100)}XX`,
      );
      return assertThat(isRight, expect.statuses.join(" or "), String(response.status));
    }),
  };
}

/** Checks of requests beside others. */
export const concurrencyChecks: readonly Check[] = kinds.flatMap((kind) => [
  mixedUp(kind),
  differs(kind),
]);
