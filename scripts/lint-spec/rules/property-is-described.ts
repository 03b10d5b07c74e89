import type { JsonObject } from "@qontext/sync-log-document";
import { appendPointer, objectMembers } from "@qontext/sync-log-document";
import type { Finding, SpecRule } from "../spec-model.ts";
import { nodesOf, resolve } from "../spec-model.ts";

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

function missing(pointer: string, name: string, what: string): Finding {
  return { pointer, message: `the property "${name}" has no ${what}` };
}

function hasDescription({ description }: JsonObject): boolean {
  return typeof description === "string" && description.trim() !== "";
}

function hasExample({ examples, example }: JsonObject): boolean {
  return example !== undefined || (Array.isArray(examples) && examples.length > 0);
}
