import type { Bump } from "../bump.ts";
import type { Direction } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";

/** What an effect asks of a client's version, and the sentence that says why. */
export interface Consequence {
  readonly bump: Exclude<Bump, "none">;
  readonly consequence: string;
}

/**
 * The law of variance: a client that keeps its habits must still be accepted (requests may only widen), and must
 * still understand what comes back (responses may only narrow).
 */
const law: Readonly<Record<Direction, Readonly<Record<Effect, Consequence>>>> = {
  request: {
    narrowed: { bump: "major", consequence: "requests that were accepted may be refused" },
    changed: { bump: "major", consequence: "requests that were accepted may be refused" },
    widened: { bump: "minor", consequence: "more requests are accepted than before" },
    annotation: { bump: "patch", consequence: "every request keeps its meaning" },
  },
  response: {
    narrowed: { bump: "minor", consequence: "answers keep every promise they made" },
    changed: { bump: "major", consequence: "answers may hold what consumers do not expect" },
    widened: { bump: "major", consequence: "answers may hold what consumers do not expect" },
    annotation: { bump: "patch", consequence: "every answer keeps its meaning" },
  },
};

export function bumpOfEffect(effect: Effect, direction: Direction): Consequence {
  return law[direction][effect];
}
