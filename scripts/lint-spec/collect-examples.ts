import { readFileSync } from "node:fs";
import path from "node:path";
import type { DocumentNode } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Finding, SpecModel } from "./spec-model.ts";
import { oncePerModel, resolve } from "./spec-model.ts";

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
  for (const node of model.nodes) {
    if (node.kind === "schema") examples.push(...schemaExamples(node));
    if (!["mediaType", "parameter", "header"].includes(node.kind)) continue;
    const { pointer, value } = node;
    const schemaPointer =
      value["schema"] === undefined ? undefined : appendPointer(pointer, "schema");
    const common = { owner: pointer, schemaPointer };
    if (value["example"] !== undefined) {
      const at = appendPointer(pointer, "example");
      examples.push({
        ...common,
        name: undefined,
        value: value["example"],
        pointer: at,
        file: undefined,
      });
    }
    for (const [name, example] of Object.entries(
      isJsonObject(value["examples"]) ? value["examples"] : {},
    )) {
      const found = readExample(model, example, appendPointer(pointer, "examples", name));
      if (found.unreadable === undefined) examples.push({ ...common, name, ...found });
      else unreadable.push(found.unreadable);
    }
  }
  return { examples, unreadable };
});

function schemaExamples({ value, pointer }: DocumentNode): readonly SpecExample[] {
  const common = { owner: pointer, schemaPointer: pointer, name: undefined, file: undefined };
  const list: readonly unknown[] = Array.isArray(value["examples"]) ? value["examples"] : [];
  return [
    ...list.map((item, index) => ({
      ...common,
      value: item,
      pointer: appendPointer(pointer, "examples", index),
    })),
    ...["example", "default"]
      .filter((key) => value[key] !== undefined)
      .map((key) => ({ ...common, value: value[key], pointer: appendPointer(pointer, key) })),
  ];
}

type ReadExample =
  | {
      readonly value: unknown;
      readonly pointer: string;
      readonly file: string | undefined;
      readonly unreadable?: undefined;
    }
  | { readonly unreadable: Finding };

function readExample(model: SpecModel, example: unknown, pointer: string): ReadExample {
  const resolved = isJsonObject(example) ? resolve(model, { pointer, value: example }) : undefined;
  if (resolved === undefined)
    return { unreadable: { pointer, message: "the example leads to nothing" } };
  const { value: object, pointer: at } = resolved;
  const external = object["externalValue"];
  if (typeof external === "string")
    return readFile(model, external, appendPointer(at, "externalValue"));
  if (Object.hasOwn(object, "value")) {
    return { value: object["value"], pointer: appendPointer(at, "value"), file: undefined };
  }
  return {
    unreadable: { pointer: at, message: "the example has neither a value nor an externalValue" },
  };
}

function readFile(model: SpecModel, reference: string, pointer: string): ReadExample {
  const file = path.resolve(model.folder, reference);
  const isBeside =
    !/^[a-z][a-z0-9+.-]*:/i.test(reference) && file.startsWith(model.folder + path.sep);
  if (!isBeside) {
    const message = `externalValue "${reference}" must be a relative path to a file beside the document`;
    return { unreadable: { pointer, message } };
  }
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return { value, pointer: "#", file };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      unreadable: { pointer, message: `the example in ${reference} cannot be read: ${reason}` },
    };
  }
}
