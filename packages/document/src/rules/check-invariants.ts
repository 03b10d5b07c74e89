import type { ParseResult } from "@marcbachmann/cel-js";
import { TimeLimitError, withinTime } from "../within-time.ts";
import { describeCelError, toCelValue } from "./cel-value.ts";
import type {
  CompiledInvariant,
  InvariantReport,
  InvariantViolation,
  RuleBindings,
} from "./invariant.ts";
import { ruleVariables } from "./rule-environment.ts";
import type { FieldReference } from "./rule-references.ts";
import { formatReference } from "./rule-references.ts";

/** An invariant with what it takes to evaluate it. */
export interface RuleEvaluator {
  readonly invariant: CompiledInvariant;
  readonly variables: ReadonlySet<string>;
  readonly evaluate: ParseResult;
  /** Whether it goes over no list, and matches no pattern: then its time is that of its text. */
  readonly isQuick: boolean;
}

/** Checks each invariant whose variables are bound; see {@link CompiledInvariants.check}. */
export function checkInvariants(
  evaluators: readonly RuleEvaluator[],
  bindings: RuleBindings,
): InvariantReport {
  const context = createContext(bindings);
  const violations: InvariantViolation[] = [];
  const passed: string[] = [];
  const skipped: string[] = [];
  for (const { invariant, variables, evaluate, isQuick } of evaluators) {
    if ([...variables].some((name) => !Object.hasOwn(context, name))) {
      skipped.push(invariant.id);
      continue;
    }
    const run = isQuick ? evaluate : (values: typeof context) => withinTime(() => evaluate(values));
    const problem = findProblem(invariant, run, context);
    if (problem === undefined) passed.push(invariant.id);
    else violations.push(createViolation(invariant, problem, bindings));
  }
  return { violations, passed, skipped };
}

/** The bound variables as CEL knows them; in place of a value that it cannot know, the error that says why. */
function createContext(bindings: RuleBindings): Readonly<Record<string, unknown>> {
  const context: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(bindings)) {
    if (value === undefined || !Object.hasOwn(ruleVariables, name)) continue;
    try {
      context[name] = toCelValue(value);
    } catch (error) {
      context[name] = error;
    }
  }
  return context;
}

type Problem = Pick<InvariantViolation, "kind" | "message">;

function findProblem(
  invariant: CompiledInvariant,
  evaluate: (context: Readonly<Record<string, unknown>>) => unknown,
  context: Readonly<Record<string, unknown>>,
): Problem | undefined {
  for (const { variable } of invariant.references) {
    const value = context[variable];
    if (value instanceof Error) return notEvaluated(`${variable} is ${value.message}`);
  }
  // has() on something that is not an object is false in CEL, and `!has(…) || …` would pass by it.
  const misfit = invariant.references.find(
    ({ variable, path }) => path.length > 0 && !(context[variable] instanceof Map),
  );
  if (misfit !== undefined) return notEvaluated(`${misfit.variable} is not an object`);
  try {
    const result: unknown = evaluate(context);
    if (result === true) return undefined;
    if (result === false) return { kind: "violated", message: invariant.message };
    return notEvaluated("it did not give true or false");
  } catch (error) {
    return notEvaluated(error instanceof TimeLimitError ? error.message : describeCelError(error));
  }
}

function notEvaluated(reason: string): Problem {
  return { kind: "not-evaluated", message: `The rule could not be evaluated: ${reason}.` };
}

function createViolation(
  invariant: CompiledInvariant,
  problem: Problem,
  bindings: RuleBindings,
): InvariantViolation {
  const { id, rule, severity } = invariant;
  const values: Record<string, unknown> = {};
  for (const reference of invariant.references) {
    values[formatReference(reference)] = readField(bindings, reference);
  }
  return { id, rule, severity, ...problem, values };
}

function readField(bindings: RuleBindings, { variable, path }: FieldReference): unknown {
  let value: unknown = bindings;
  for (const name of [variable, ...path]) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
