import { readFileSync } from "node:fs";
import path from "node:path";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Finding, SpecModel } from "./spec-model.ts";
import { oncePerModel, reasonOf, resolve } from "./spec-model.ts";

/** A value that stands in the document, or in a file beside it, as an example of a schema. */
export interface SpecExample {
  /** Where the object stands that the example belongs to (a media type, parameter, header or schema). */
  readonly owner: string;
  /** Its name, if it is one of a map of examples. */
  readonly name: string | undefined;
  /** Where the schema stands; undefined if its owner has none. */
  readonly schemaPointer: string | undefined;
  readonly value: unknown;
  /** Where the value stands: in `file`, or in the document. */
  readonly pointer: string;
  /** Absolute path of the file that the value is in. */
  readonly file: string | undefined;
}

/** Every example of a document, and what is wrong with those that cannot be read. */
export interface SpecExamples {
  readonly examples: readonly SpecExample[];
  readonly unreadable: readonly Finding[];
}

/** Collects the examples of media types, parameters, headers and schemas, those in files included. */
export const collectExamples: (model: SpecModel) => SpecExamples = oncePerModel((model) => {
  const examples: SpecExample[] = [];
  const unreadable: Finding[] = [];
  for (const { kind, pointer: owner, value } of model.nodes) {
    const isSchema = kind === "schema";
    if (!isSchema && kind !== "mediaType" && kind !== "parameter" && kind !== "header") continue;
    const its = value["schema"] === undefined ? undefined : appendPointer(owner, "schema");
    const common = { owner, schemaPointer: isSchema ? owner : its };
    const single = { ...common, name: undefined, file: undefined };
    for (const key of isSchema ? ["example", "default"] : ["example"]) {
      const pointer = appendPointer(owner, key);
      if (value[key] !== undefined) examples.push({ ...single, value: value[key], pointer });
    }
    const list = value["examples"];
    const isList = isSchema ? Array.isArray(list) : isJsonObject(list);
    const items: readonly (readonly [string, unknown])[] = isList
      ? Object.entries(Object(list))
      : [];
    for (const [name, item] of items) {
      const pointer = appendPointer(owner, "examples", name);
      if (isSchema) {
        examples.push({ ...single, value: item, pointer });
        continue;
      }
      const found = readExample(model, item, pointer);
      if ("message" in found) unreadable.push(found);
      else examples.push({ ...common, name, ...found });
    }
  }
  return { examples, unreadable };
});

type ReadExample = Pick<SpecExample, "value" | "pointer" | "file"> | Finding;

function readExample(model: SpecModel, example: unknown, pointer: string): ReadExample {
  const resolved = isJsonObject(example) ? resolve(model, { pointer, value: example }) : undefined;
  if (resolved === undefined) return { pointer, message: "the example leads to nothing" };
  const { value: object, pointer: at } = resolved;
  const external = object["externalValue"];
  if (typeof external === "string")
    return readFile(model, external, appendPointer(at, "externalValue"));
  if (Object.hasOwn(object, "value")) {
    return { value: object["value"], pointer: appendPointer(at, "value"), file: undefined };
  }
  return { pointer: at, message: "the example has neither a value nor an externalValue" };
}

function readFile(model: SpecModel, reference: string, pointer: string): ReadExample {
  const file = path.resolve(model.folder, reference);
  const isBeside =
    !/^[a-z][a-z0-9+.-]*:/i.test(reference) && file.startsWith(model.folder + path.sep);
  if (!isBeside) {
    const message = `externalValue "${reference}" must be a relative path to a file beside the document`;
    return { pointer, message };
  }
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return { value, pointer: "#", file };
  } catch (error) {
    return { pointer, message: `the example in ${reference} cannot be read: ${reasonOf(error)}` };
  }
}

/** How findings name an example. */
export function labelOf({ name }: SpecExample): string {
  return name === undefined ? "the example" : `the example "${name}"`;
}
