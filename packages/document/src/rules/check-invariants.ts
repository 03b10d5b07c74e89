import type { ParseResult } from "@marcbachmann/cel-js";
import { appendPointer } from "../json-pointer.ts";
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
import { eachMember } from "./schema-parts.ts";

/** An invariant with what it takes to evaluate it. */
export interface RuleEvaluator {
  readonly invariant: CompiledInvariant;
  readonly variables: ReadonlySet<string>;
  readonly evaluate: ParseResult;
  /** Whether it goes over no list within a list, and matches no pattern: then its time is that of reading the body. */
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
    else {
      const member = problem.kind === "violated" ? findMember(invariant, run, context) : undefined;
      violations.push(createViolation(invariant, problem, bindings, member));
    }
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
  for (const { variable, path } of invariant.references) {
    const value = context[variable];
    if (typeof path[0] === "string" && !(value instanceof Map)) {
      return notEvaluated(`${variable} is not an object`);
    }
    if (path[0] === eachMember && !(value instanceof Map || Array.isArray(value))) {
      return notEvaluated(`${variable} is not a list`);
    }
  }
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
  member: ListMember | undefined,
): InvariantViolation {
  const { id, rule, severity } = invariant;
  const values: Record<string, unknown> = {};
  for (const reference of invariant.references) {
    if (member !== undefined && !isWithin(reference, member)) continue;
    const value = readField(bindings, reference, member);
    // Of a list only the member is told: it can be as long as the body.
    if (!Array.isArray(value)) values[formatReference(reference)] = value;
    else if (member === undefined) values[formatReference(reference)] = `a list of ${value.length}`;
  }
  const at = member ? appendPointer("", ...member) : "";
  return { id, rule, severity, ...problem, values, at };
}

/** The way from `self` to a member of a list, or of lists within each other. */
type ListMember = readonly (string | number)[];

/**
 * The first member by which a rule over a list does not hold: it holds for all before, and no more with it. None if the rule
 * is about the list as a whole, such as about its length.
 */
function findMember(
  { references }: CompiledInvariant,
  evaluate: (context: Readonly<Record<string, unknown>>) => unknown,
  context: Readonly<Record<string, unknown>>,
): ListMember | undefined {
  const holds = (self: unknown): boolean => {
    try {
      return evaluate({ ...context, self }) === true;
    } catch {
      return false;
    }
  };
  return references
    .filter(({ variable }) => variable === "self")
    .flatMap(({ path }) => {
      const member = narrow(path, context["self"], holds);
      return member === undefined ? [] : [member];
    })
    .toSorted((left, right) => right.length - left.length)[0];
}

function narrow(
  path: FieldReference["path"],
  value: unknown,
  holds: (value: unknown) => boolean,
): ListMember | undefined {
  const length = path.indexOf(eachMember);
  if (length === -1) return undefined;
  const names = path.slice(0, length).filter((step) => typeof step === "string");
  const list = names.reduce<unknown>(
    (owner, name) => (owner instanceof Map ? owner.get(name) : undefined),
    value,
  );
  if (!Array.isArray(list)) return undefined;
  const holdsFor = (members: readonly unknown[]): boolean => holds(withList(value, names, members));
  let [held, broken] = [0, list.length];
  if (!holdsFor([]) || holdsFor(list)) return undefined;
  while (broken - held > 1) {
    const middle = Math.floor((held + broken) / 2);
    if (holdsFor(list.slice(0, middle))) held = middle;
    else broken = middle;
  }
  const inner = narrow(path.slice(length + 1), list[held], (member) => holdsFor([member]));
  return [...names, held, ...(inner ?? [])];
}

/** Whether the members that a reference looks at are known. */
function isWithin({ path }: FieldReference, member: ListMember): boolean {
  return path.every((step, index) => step !== eachMember || typeof member[index] === "number");
}

function withList(value: unknown, path: readonly string[], list: readonly unknown[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined || !(value instanceof Map)) return list;
  return new Map(value).set(name, withList(value.get(name), rest, list));
}

function readField(
  bindings: RuleBindings,
  { variable, path }: FieldReference,
  member: ListMember | undefined,
): unknown {
  let value: unknown = bindings;
  for (const [index, step] of [variable, ...path].entries()) {
    const name = step === eachMember ? member?.[index - 1] : step;
    if (typeof value !== "object" || value === null || name === undefined) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
