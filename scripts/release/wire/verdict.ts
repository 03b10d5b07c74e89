import type { Direction } from "@qontext/sync-log-document";
import type { Bump } from "../release-plan.ts";
import type { Effect } from "./effect.ts";

/** What a change asks of a client's version, the clause that says why, and what a consumer does about it. */
export type Verdict = readonly [bump: Bump, why: string, remedy?: string];

/** For a change of descriptions and other words, in schemas and outside of them. */
export const documentation: Verdict = ["patch", "only the documentation changes"];

/** For something to send that is no longer there. */
export const noLongerSent: Verdict = [
  "major",
  "consumers that send it no longer compile, or send it in vain",
  "Stop sending it.",
];

/** For something to read that is no longer there. */
export const noLongerRead: Verdict = [
  "major",
  "consumers that read it find nothing",
  "Stop reading it.",
];

export const moreToSend: Verdict = ["minor", "it may be sent, and need not be"];
export const moreToRead: Verdict = ["minor", "there is more to read"];

export const mustBeSent: Verdict = [
  "major",
  "requests without it are refused",
  "Send it with every request.",
];

/** For something that is there now. */
export function verdictOfAdded(isSent: boolean, isRequired: boolean): Verdict {
  if (!isSent) return moreToRead;
  return isRequired ? mustBeSent : moreToSend;
}

/** For something that becomes required, or optional. */
export function verdictOfRequired(isSent: boolean, isRequired: boolean): Verdict {
  return isSent || isRequired ? verdictOfAdded(isSent, isRequired) : noLongerRead;
}

/**
 * The law of variance: a client that keeps its habits must still be accepted (requests may only widen), and must
 * still understand what comes back (responses may only narrow).
 */
export const law: Readonly<Record<Direction, Readonly<Record<Effect, Verdict>>>> = {
  request: {
    narrowed: [
      "major",
      "requests that were accepted may be refused",
      "Send only what is admitted now.",
    ],
    changed: [
      "major",
      "requests that were accepted may be refused",
      "Send only what is admitted now.",
    ],
    widened: ["minor", "more requests are accepted than before"],
    annotation: ["patch", "every request keeps its meaning"],
  },
  response: {
    narrowed: ["minor", "answers keep every promise they made"],
    changed: [
      "major",
      "answers may hold what consumers do not expect",
      "Handle such answers before you upgrade.",
    ],
    widened: [
      "major",
      "answers may hold what consumers do not expect",
      "Handle such answers before you upgrade.",
    ],
    annotation: ["patch", "every answer keeps its meaning"],
  },
};
