import type { Direction } from "@qontext/sync-log-document";
import type { Bump } from "../release-plan.ts";
import type { Effect } from "./effect.ts";

/** What a change asks of a client's version, and the clause that says why. */
export type Verdict = readonly [bump: Bump, consequence: string];

/** For a change of descriptions and other words, in schemas and outside of them. */
export const documentation: Verdict = ["patch", "the documentation says it in other words"];

export const deprecation: Verdict = [
  "minor",
  "a deprecation is announced by a minor (SemVer 2.0.0, item 7)",
];

/** For something to send that is no longer in the types. */
export const noLongerSent: Verdict = [
  "major",
  "consumers that send it no longer compile, or send it in vain",
];

/**
 * The law of variance: a client that keeps its habits must still be accepted (requests may only widen), and must
 * still understand what comes back (responses may only narrow).
 */
export const law: Readonly<Record<Direction, Readonly<Record<Effect, Verdict>>>> = {
  request: {
    narrowed: ["major", "requests that were accepted may be refused"],
    changed: ["major", "requests that were accepted may be refused"],
    widened: ["minor", "more requests are accepted than before"],
    annotation: ["patch", "every request keeps its meaning"],
  },
  response: {
    narrowed: ["minor", "answers keep every promise they made"],
    changed: ["major", "answers may hold what consumers do not expect"],
    widened: ["major", "answers may hold what consumers do not expect"],
    annotation: ["patch", "every answer keeps its meaning"],
  },
};
