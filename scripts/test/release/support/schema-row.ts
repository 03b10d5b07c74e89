import type { Bump } from "../../../release/release-plan.ts";
import { greatestBump } from "../../../release/release-plan.ts";
import type { Editable } from "./base-document.ts";
import { changesBetween, documentWith } from "./compare-values.ts";

/** The bump that a change of what a value may be needs where the value is sent, and where it is answered. */
export type SchemaRow = readonly [
  change: string,
  before: Editable,
  after: Editable,
  request: Bump,
  response: Bump,
];

/** What the change needs where it is sent, and where it is answered. */
export function rateBoth(before: Editable, after: Editable): readonly Bump[] {
  return (["request", "response"] as const).map((direction) => {
    const changes = changesBetween(documentWith(direction, before), documentWith(direction, after));
    const bump = greatestBump(changes);
    // Whatever changes the document is at least a patch, which the floor says where the wire says nothing.
    return bump === "none" ? "patch" : bump;
  });
}
