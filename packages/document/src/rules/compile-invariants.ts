import type { Environment, ParseResult } from "@marcbachmann/cel-js";
import { describeCelError } from "./cel-value.ts";
import type { RuleEvaluator } from "./check-invariants.ts";
import { checkInvariants } from "./check-invariants.ts";
import type { CompiledInvariants, Invariant } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { RuleCompileError } from "./rule-compile-error.ts";
import { createRuleEnvironment, lifecycleFunctions, ruleVariables } from "./rule-environment.ts";
import type { FieldReference } from "./rule-references.ts";
import { formatReference, ruleReferences, textComparisons } from "./rule-references.ts";

/**
 * Compiles the invariants of one `x-invariants` list.
 *
 * @param lifecycle - The lifecycle that `isTerminal` and `canFollow` speak of.
 * @throws {@link RuleCompileError} for the first rule that is not CEL, names something that there is not, gives no boolean,
 *   can never fail, or has the id of another one.
 */
export function compileInvariants(
  invariants: readonly Invariant[],
  lifecycle?: Lifecycle,
): CompiledInvariants {
  const environment = createRuleEnvironment(lifecycle);
  const seenIds = new Set<string>();
  const evaluators = invariants.map((invariant) => {
    if (seenIds.has(invariant.id)) {
      throw new RuleCompileError(
        "rule_duplicate_id",
        invariant,
        "has the id of another one: rename it.",
      );
    }
    seenIds.add(invariant.id);
    return compileInvariant(environment, invariant, lifecycle !== undefined);
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
): RuleEvaluator {
  const evaluate = parseRule(environment, invariant);
  const mentioned = ruleReferences(evaluate.ast);
  const { valid, type, error } = evaluate.check();
  if (!valid) {
    const calls = (name: string): boolean => new RegExp(`\\b${name}\\(`).test(invariant.rule);
    if (!hasLifecycle && lifecycleFunctions.some(calls)) {
      throw new RuleCompileError(
        "rule_needs_lifecycle",
        invariant,
        `calls ${lifecycleFunctions.join(" or ")}, but there is no x-lifecycle beside it to tell the statuses.`,
        { cause: error },
      );
    }
    throw new RuleCompileError(
      "rule_type",
      invariant,
      `does not compile: ${describeCelError(error)}`,
      {
        cause: error,
      },
    );
  }
  if (type !== "bool" && type !== "dyn") {
    const problem = `gives a ${type}: write an expression that is true where the invariant holds.`;
    throw new RuleCompileError("rule_not_boolean", invariant, problem);
  }
  const references = mentioned.filter(({ variable }) => Object.hasOwn(ruleVariables, variable));
  requireKnownFields(invariant, references);
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
  };
}

function parseRule(environment: Environment, invariant: Invariant): ParseResult {
  try {
    return environment.parse(invariant.rule);
  } catch (error) {
    const problem = `is not a CEL expression: ${describeCelError(error)}`;
    throw new RuleCompileError("rule_syntax", invariant, problem, { cause: error });
  }
}

function requireKnownFields(invariant: Invariant, references: readonly FieldReference[]): void {
  if (references.length === 0) {
    const problem = `can never fail: it mentions none of ${Object.keys(ruleVariables).join(", ")}.`;
    throw new RuleCompileError("rule_constant", invariant, problem);
  }
  for (const reference of references) {
    const known = ruleVariables[reference.variable];
    const field = reference.path[0];
    if (known === undefined || field === undefined || known.includes(field)) continue;
    const problem = `mentions ${formatReference(reference)}, but ${reference.variable} has only: ${known.join(", ")}.`;
    throw new RuleCompileError("rule_type", invariant, problem);
  }
}
