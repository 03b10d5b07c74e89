import ts from "typescript";
import type { TypeComparison } from "./type-comparison.ts";
import { report, within } from "./type-comparison.ts";

/** How what a function takes and returns is compared. */
export interface Comparers {
  readonly types: (base: ts.Type, revision: ts.Type, at: TypeComparison) => void;
  readonly symbols: (base: ts.Symbol, revision: ts.Symbol, at: TypeComparison) => void;
}

const opposite = { request: "response", response: "request" } as const;

/**
 * Compares functions, and classes by what they are made with: a consumer passes what it is called with, and reads what comes
 * back. For a function that the consumer writes it is the other way round.
 */
export function compareSignatures(
  base: ts.Type,
  revision: ts.Type,
  at: TypeComparison,
  compare: Comparers,
): void {
  const [before, after] = [signaturesOf(base), signaturesOf(revision)];
  if (before.length !== after.length) {
    report(
      at,
      before.length < after.length ? "minor" : "major",
      "signatures-changed",
      `it has ${after.length} signatures instead of ${before.length}`,
    );
  }
  for (const [index, signature] of before.entries()) {
    const other = after[index];
    if (other) compareSignature(signature, other, at, compare);
  }
}

function signaturesOf(type: ts.Type): readonly ts.Signature[] {
  return [...type.getCallSignatures(), ...type.getConstructSignatures()];
}

function compareSignature(
  before: ts.Signature,
  after: ts.Signature,
  at: TypeComparison,
  compare: Comparers,
): void {
  const { checker } = at;
  const passed = { ...at, direction: opposite[at.direction] } as const;
  const [from, to] = [before, after].map((signature) => signature.getParameters());
  if (!from || !to) return;
  for (const [index, parameter] of to.entries()) {
    const known = from[index];
    if (known) {
      compare.symbols(known, parameter, {
        ...within(passed, `(${known.getName()})`),
        mayBeAbsent: !isNeeded(known) || !isNeeded(parameter),
      });
    }
    const [needed, was] = [isNeeded(parameter), known === undefined ? false : isNeeded(known)];
    if (needed === was && known) continue;
    const isSafe = passed.direction === "request" ? !needed : needed || !known;
    const what = known
      ? `\`${parameter.getName()}\` becomes ${needed ? "required" : "optional"}`
      : `it takes \`${parameter.getName()}\`, too`;
    report(at, isSafe ? "minor" : "major", "parameter-changed", what);
  }
  for (const parameter of from.slice(to.length)) {
    report(at, "major", "parameter-removed", `it no longer takes \`${parameter.getName()}\``);
  }
  compare.types(
    checker.getReturnTypeOfSignature(before),
    checker.getReturnTypeOfSignature(after),
    at,
  );
}

function isNeeded(parameter: ts.Symbol): boolean {
  const declaration = parameter.valueDeclaration;
  if (!declaration || !ts.isParameter(declaration)) return true;
  return (
    declaration.questionToken === undefined &&
    declaration.initializer === undefined &&
    declaration.dotDotDotToken === undefined
  );
}
