import type { DocumentNode, JsonObject } from "@qontext/sync-log-document";
import {
  appendPointer,
  canonicalPointer,
  isJsonObject,
  objectMembers,
  walkDocument,
} from "@qontext/sync-log-document";
import type { Finding, SpecRule } from "../spec-model.ts";
import { compileProblem, nodesOf, resolve } from "../spec-model.ts";

/** Every schema compiles: no keyword or format that is not known, and would be ignored. */
export const schemaCompiles: SpecRule = (model) => {
  const failures = nodesOf(model, "schema").flatMap((node) => {
    const problem = compileProblem(model, node.pointer);
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
function blamesAnother(node: DocumentNode, failing: ReadonlySet<string>): boolean {
  return [...walkDocument(node)].some(({ pointer, value: { $ref } }) => {
    const target = typeof $ref === "string" ? canonicalPointer($ref) : node.pointer;
    return [pointer, target].some((place) => place !== node.pointer && failing.has(place));
  });
}

/** Every property of a schema has a description and an example, its own or those of the schema it refers to. */
export const propertyIsDescribed: SpecRule = (model) =>
  nodesOf(model, "schema").flatMap(({ value, pointer }) =>
    objectMembers(value["properties"]).flatMap(([name, property]): readonly Finding[] => {
      const at = appendPointer(pointer, "properties", name);
      const target = resolve(model, { pointer: at, value: property })?.value ?? {};
      const described = [property, target];
      return [
        ...(described.some(hasDescription) ? [] : [missing(at, name, "description")]),
        ...(described.some(hasExample) ? [] : [missing(at, name, "example")]),
      ];
    }),
  );

/** `x-enumDescriptions` describes each value of the enum beside it, and no other. */
export const enumIsDescribed: SpecRule = (model) =>
  nodesOf(model, "schema").flatMap(({ value, pointer }): readonly Finding[] => {
    const texts = value["x-enumDescriptions"];
    if (!isJsonObject(texts)) return [];
    const at = appendPointer(pointer, "x-enumDescriptions");
    const values = Array.isArray(value["enum"]) ? value["enum"].map(String) : [];
    return [
      ...values
        .filter((name) => !Object.hasOwn(texts, name))
        .map((name) => ({ pointer: at, message: `x-enumDescriptions leaves out "${name}"` })),
      ...Object.keys(texts)
        .filter((name) => !values.includes(name))
        .map((name) => ({
          pointer: appendPointer(at, name),
          message: `x-enumDescriptions describes what the enum lacks: "${name}"`,
        })),
    ];
  });

function missing(pointer: string, name: string, what: string): Finding {
  return { pointer, message: `the property "${name}" has no ${what}` };
}

function hasDescription({ description }: JsonObject): boolean {
  return typeof description === "string" && description.trim() !== "";
}

function hasExample({ examples, example }: JsonObject): boolean {
  return example !== undefined || (Array.isArray(examples) && examples.length > 0);
}
