import type { TargetedInvariant } from "../collect-rules.ts";
import { formatLiteral } from "./format-literal.ts";

/** The invariants as data. */
export function emitInvariants(invariants: readonly TargetedInvariant[]): string {
  const entries = invariants.map(
    ({ id, rule, message, severity, target }) =>
      `  ${formatLiteral({ id, rule, message, severity, target }, "  ")},\n`,
  );
  return `/** Something that is always true of a body: an entry of an \`x-invariants\` list. */
export interface Invariant {
  /** Unique within its list. */
  readonly id: string;
  /** A CEL expression over \`self\`, \`oldSelf\`, \`request\` and \`response\` that is true where the invariant holds. */
  readonly rule: string;
  /** What is wrong where it does not hold. */
  readonly message: string;
  readonly severity: "error" | "warning";
  /** What it is about: a component schema, or the body of an operation's response with a status as in the document (\`5XX\`). */
  readonly target:
    | { readonly schema: string }
    | { readonly operationId: string; readonly status: string };
}

/** Every invariant of the document. */
export const invariants: readonly Invariant[] = [
${entries.join("")}];
`;
}
