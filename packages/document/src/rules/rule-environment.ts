import { Environment } from "@marcbachmann/cel-js";
import { compareInstants, Instant, parseInstant } from "./instant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { canFollow, isTerminalStatus } from "./lifecycle.ts";

/** The names of the variables that a rule may mention, with the fields that those of a fixed shape have. */
export const ruleVariables: Readonly<Record<string, readonly string[] | undefined>> = {
  self: undefined,
  oldSelf: undefined,
  request: ["path"],
  response: ["status"],
};

/** The functions that a rule may only call where there is a lifecycle. */
export const lifecycleFunctions: readonly string[] = ["isTerminal", "canFollow"];

/** CEL with the variables and functions that the rules of an OpenAPI document may use. */
export function createRuleEnvironment(lifecycle: Lifecycle | undefined): Environment {
  // Its own limit on nodes allows more of them than can be walked.
  const environment = new Environment({ limits: { maxAstNodes: 5000 } });
  for (const name of Object.keys(ruleVariables)) environment.registerVariable(name, "dyn");
  registerInstants(environment);
  environment.registerFunction("isUnique(list, string): bool", isUnique);
  if (lifecycle !== undefined) {
    environment.registerFunction("isTerminal(string): bool", (status: string) =>
      isTerminalStatus(lifecycle, status),
    );
    environment.registerFunction("canFollow(string, string): bool", (from: string, to: string) =>
      canFollow(lifecycle, from, to),
    );
  }
  return environment;
}

function registerInstants(environment: Environment): void {
  environment.registerType("Instant", { ctor: Instant, fields: {} });
  environment.registerFunction("instant(string): Instant", (text: string) => {
    const instant = parseInstant(text);
    if (instant === undefined) {
      throw new RangeError(`${JSON.stringify(text)} is not a date-time of RFC 3339`);
    }
    return instant;
  });
  const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
    "==": (order) => order === 0,
    "<": (order) => order < 0,
    "<=": (order) => order <= 0,
    ">": (order) => order > 0,
    ">=": (order) => order >= 0,
  };
  for (const [operator, holds] of Object.entries(comparisons)) {
    environment.registerOperator(`Instant ${operator} Instant`, (left: Instant, right: Instant) =>
      holds(compareInstants(left, right)),
    );
  }
}

/** Whether no two objects of a list have the same value in a field, however long the list; comparing each with each is quadratic. */
function isUnique(list: readonly unknown[], field: string): boolean {
  const seen = new Set<unknown>();
  return list.every((member) => {
    const value: unknown = member instanceof Map ? member.get(field) : undefined;
    if (typeof value === "object" || value === undefined) {
      throw new RangeError(`a member has no ${field} that could be compared`);
    }
    return seen.size < seen.add(value).size;
  });
}
