import type { DocumentNode } from "@qontext/sync-log-document";
import { compileProblem, readSpecSchemas } from "../read-spec.ts";
import type { SpecRule } from "../spec-model.ts";
import { nodesOf } from "../spec-model.ts";

/** Every schema compiles: no keyword or format that is not known, and would be ignored. */
export const schemaCompiles: SpecRule = (model) => {
  const schemas = readSpecSchemas(model);
  const failures = nodesOf(model, "schema").flatMap((node) => {
    const problem = compileProblem(schemas, node.pointer);
    return problem === undefined ? [] : [{ node, problem }];
  });
  const pointers = new Set(failures.map(({ node }) => node.pointer));
  const innermost = failures.filter(({ node }) => !blamesAnother(node, pointers));
  // Schemas that refer to each other in a circle blame each other.
  return (innermost.length > 0 ? innermost : failures).map(({ node, problem }) => ({
    pointer: node.pointer,
    message: `the schema does not compile: ${problem}`,
  }));
};

/** A schema fails with each one that it contains or refers to. */
function blamesAnother({ pointer, value }: DocumentNode, failing: ReadonlySet<string>): boolean {
  const contains = [...failing].some((other) => other.startsWith(`${pointer}/`));
  return contains || references(value).some((target) => target !== pointer && failing.has(target));
}

function references(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    key === "$ref" && typeof member === "string" ? [member] : references(member),
  );
}
