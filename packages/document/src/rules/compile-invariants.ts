import type { Environment, ParseResult } from "@marcbachmann/cel-js";
import type { DocumentErrorDetails } from "../document-error.ts";
import { describeCelError } from "./cel-value.ts";
import type { RuleEvaluator } from "./check-invariants.ts";
import { checkInvariants } from "./check-invariants.ts";
import type { CompiledInvariants, Invariant } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { RuleCompileErrorCode } from "./rule-compile-error.ts";
import { RuleCompileError } from "./rule-compile-error.ts";
import { createRuleEnvironment, lifecycleFunctions, ruleVariables } from "./rule-environment.ts";
import type { FieldReference } from "./rule-references.ts";
import { formatReference, loopDepth, ruleReferences, textComparisons } from "./rule-references.ts";

/** Makes the error that says what is wrong with one rule. */
type Fail = (code: RuleCompileErrorCode, problem: string, cause?: unknown) => RuleCompileError;

/**
 * Compiles the invariants of one `x-invariants` list.
 *
 * @param lifecycle - The lifecycle that `isTerminal` and `canFollow` speak of.
 * @param locate - Says where an invariant of the list stands, for errors. @default it is not known
 * @throws RuleCompileError for the first rule that is not CEL, names something unknown, gives no boolean, can never
 *   fail, or has the id of another one.
 */
export function compileInvariants(
  invariants: readonly Invariant[],
  lifecycle?: Lifecycle,
  locate: (index: number) => DocumentErrorDetails = () => ({}),
): CompiledInvariants {
  const environment = createRuleEnvironment(lifecycle);
  const seenIds = new Set<string>();
  const evaluators = invariants.map((invariant, index) => {
    const fail: Fail = (code, problem, cause) =>
      new RuleCompileError(code, invariant, problem, { ...locate(index), cause });
    if (seenIds.has(invariant.id)) {
      throw fail("rule_duplicate_id", "has the id of another one: rename it.");
    }
    seenIds.add(invariant.id);
    return compileInvariant(environment, invariant, lifecycle !== undefined, fail);
  });
  return {
    invariants: evaluators.map((evaluator) => evaluator.invariant),
    check: (bindings) => checkInvariants(evaluators, bindings),
  };
}

function compileInvariant(
  environment: Environment,
  invariant: Invariant,
  hasLifecycle: boolean,
  fail: Fail,
): RuleEvaluator {
  const evaluate = parseRule(environment, invariant, fail);
  const mentioned = ruleReferences(evaluate.ast);
  const { valid, type, error } = evaluate.check();
  if (!valid) {
    const calls = (name: string): boolean => new RegExp(`\\b${name}\\(`).test(invariant.rule);
    if (!hasLifecycle && lifecycleFunctions.some(calls)) {
      const problem = `calls ${lifecycleFunctions.join(" or ")}, but there is no x-lifecycle beside it to tell the statuses.`;
      throw fail("rule_needs_lifecycle", problem, error);
    }
    throw fail("rule_type", `does not compile: ${describeCelError(error)}`, error);
  }
  if (type !== "bool" && type !== "dyn") {
    const problem = `gives a ${type}: write an expression that is true where the invariant holds.`;
    throw fail("rule_not_boolean", problem);
  }
  const references = mentioned.filter(({ variable }) => Object.hasOwn(ruleVariables, variable));
  requireKnownFields(references, fail);
  const variables = new Set(references.map(({ variable }) => variable));
  return {
    invariant: {
      ...invariant,
      references,
      comparisons: textComparisons(evaluate.ast),
      isOverTime: variables.has("oldSelf"),
    },
    variables,
    evaluate,
    isQuick: loopDepth(evaluate.ast) < 2 && !/\bmatches\s*\(/.test(invariant.rule),
  };
}

function parseRule(environment: Environment, invariant: Invariant, fail: Fail): ParseResult {
  try {
    return environment.parse(invariant.rule);
  } catch (error) {
    throw fail("rule_syntax", `is not a CEL expression: ${describeCelError(error)}`, error);
  }
}

function requireKnownFields(references: readonly FieldReference[], fail: Fail): void {
  if (references.length === 0) {
    const problem = `can never fail: it mentions none of ${Object.keys(ruleVariables).join(", ")}.`;
    throw fail("rule_constant", problem);
  }
  for (const reference of references) {
    const known = ruleVariables[reference.variable];
    const field = reference.path[0];
    if (known === undefined || field === undefined) continue;
    if (typeof field === "string" && known.includes(field)) continue;
    const problem = `mentions ${formatReference(reference)}, but ${reference.variable} has only: ${known.join(", ")}.`;
    throw fail("rule_type", problem);
  }
}
