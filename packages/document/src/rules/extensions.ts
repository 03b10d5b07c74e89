import type { ValidateFunction } from "ajv/dist/2020.js";
import { DocumentError } from "../document-error.ts";
import { extensionsSchema } from "../generated/extensions-schema.ts";
import { isJsonObject, objectMembers } from "../json.ts";
import { appendPointer, pointerTokens } from "../json-pointer.ts";
import type { OpenApiDocument } from "../open-document.ts";
import type { SchemaError } from "../schemas/schema-registry.ts";
import { createAjv, toSchemaError } from "../schemas/schema-registry.ts";
import type { Located, NodeKind } from "../walk-document.ts";
import type { Invariant } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";

/** The definitions of the extensions' schema, by the kind of object they are for. */
const definitions: Partial<Readonly<Record<NodeKind, string>>> = {
  schema: "schema",
  response: "response",
};
const anywhere = "anywhere";

/** The extensions that an object of a kind may have, by name. */
export function extensionNames(kind: NodeKind): readonly string[] {
  const all = isJsonObject(extensionsSchema["$defs"]) ? extensionsSchema["$defs"] : {};
  const definition = all[definitions[kind] ?? anywhere];
  const names = isJsonObject(definition) ? objectMembers(definition["properties"]) : [];
  return names.map(([name]) => name);
}

/** What is wrong with the extensions (`x-…`) of an object: names that its kind does not have, and shapes. */
export function extensionErrors(
  kind: NodeKind,
  extensions: Readonly<Record<string, unknown>>,
): readonly SchemaError[] {
  const validate = validatorFor(definitions[kind] ?? anywhere);
  return validate(extensions) ? [] : (validate.errors ?? []).map(toSchemaError);
}

/**
 * The `x-lifecycle` of a schema, if it has one.
 *
 * @throws DocumentError `invalid_extension` if it has another shape.
 */
export function readLifecycle(document: OpenApiDocument, schema: Located): Lifecycle | undefined {
  const value = schema.value["x-lifecycle"];
  if (isLifecycle(value)) return value;
  if (value === undefined) return undefined;
  throw invalidExtension(document, schema, "x-lifecycle");
}

/**
 * The `x-invariants` of a schema or response; empty if it has none.
 *
 * @throws DocumentError `invalid_extension` if they have another shape.
 */
export function readInvariants(document: OpenApiDocument, owner: Located): readonly Invariant[] {
  const value = owner.value["x-invariants"];
  if (isInvariants(value)) return value;
  if (value === undefined) return [];
  throw invalidExtension(document, owner, "x-invariants");
}

/** Something that the document assumes and nobody has confirmed: an `x-assumption`. */
export interface Assumption {
  /** Place of the object that has it. */
  readonly pointer: string;
  readonly text: string;
}

/** Every `x-assumption` of the document's objects and of their lifecycles and invariants, in its order. */
export function readAssumptions(document: OpenApiDocument): readonly Assumption[] {
  return [...document.walk()].flatMap(({ pointer, value }) => {
    const lifecycle = {
      pointer: appendPointer(pointer, "x-lifecycle"),
      value: value["x-lifecycle"],
    };
    const list = Array.isArray(value["x-invariants"]) ? value["x-invariants"] : [];
    const invariants = list.map((invariant: unknown, index) => ({
      pointer: appendPointer(pointer, "x-invariants", index),
      value: invariant,
    }));
    return [{ pointer, value }, lifecycle, ...invariants].flatMap((owner) => {
      const text = isJsonObject(owner.value) ? owner.value["x-assumption"] : undefined;
      return typeof text === "string" ? [{ pointer: owner.pointer, text }] : [];
    });
  });
}

function isLifecycle(value: unknown): value is Lifecycle {
  return value !== undefined && extensionErrors("schema", { "x-lifecycle": value }).length === 0;
}

function isInvariants(value: unknown): value is readonly Invariant[] {
  return value !== undefined && extensionErrors("schema", { "x-invariants": value }).length === 0;
}

function invalidExtension(document: OpenApiDocument, owner: Located, name: string): DocumentError {
  const [error] = extensionErrors("schema", { [name]: owner.value[name] });
  const pointer = appendPointer(owner.pointer, ...pointerTokens(error?.pointer ?? ""));
  return new DocumentError("invalid_extension", `it ${error?.message ?? "is not valid"}.`, {
    pointer,
    place: document.locate(pointer),
  });
}

let validators: ReadonlyMap<string, ValidateFunction> | undefined;

/** Compiled when the first extension is met: many documents have none. */
function validatorFor(definition: string): ValidateFunction {
  validators ??= compileDefinitions();
  const validate = validators.get(definition);
  if (validate === undefined)
    throw new TypeError(`The extensions' schema does not define ${definition}.`);
  return validate;
}

function compileDefinitions(): ReadonlyMap<string, ValidateFunction> {
  const ajv = createAjv();
  ajv.addSchema(extensionsSchema, "extensions");
  return new Map(
    [anywhere, ...Object.values(definitions)].flatMap((name) => {
      const validate = ajv.getSchema(`extensions#/$defs/${name}`);
      return validate === undefined ? [] : [[name, validate] as const];
    }),
  );
}
