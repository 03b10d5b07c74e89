import { readFileSync } from "node:fs";
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { JsonObject } from "./spec-model.ts";
import { isJsonObject } from "./spec-model.ts";
import { createAjv } from "./spec-schemas.ts";

const schemaFile = new URL("../../specs/extensions.schema.json", import.meta.url);

/** The JSON Schema of the extensions. */
export interface ExtensionSchema {
  /** The names of the extensions that an object of this kind may have. */
  namesFor(type: string): readonly string[];
  /** Every extension that there is, wherever it may stand. */
  readonly allNames: readonly string[];
  /** Judges the extensions of an object of this kind. */
  validatorFor(type: string): ValidateFunction;
}

let known: ExtensionSchema | undefined;

/**
 * Reads `specs/extensions.schema.json`, once.
 *
 * @throws if the file is not the JSON Schema that it should be.
 */
export function readExtensionSchema(): ExtensionSchema {
  known ??= compileExtensionSchema();
  return known;
}

function compileExtensionSchema(): ExtensionSchema {
  const schema: unknown = JSON.parse(readFileSync(schemaFile, "utf8"));
  if (!isJsonObject(schema)) throw new TypeError("specs/extensions.schema.json must be an object");
  const ajv = createAjv();
  ajv.addSchema(schema, "extensions");
  const namesFor = (type: string): readonly string[] => propertyNames(schema, definitionFor(type));
  return {
    namesFor,
    allNames: [...new Set(["Schema", "Response", "Operation"].flatMap(namesFor))],
    validatorFor: (type) => {
      const validate = ajv.getSchema(`extensions#/$defs/${definitionFor(type)}`);
      if (validate === undefined) throw new TypeError(`it defines nothing for a ${type}`);
      return validate;
    },
  };
}

function definitionFor(type: string): string {
  if (type === "Schema") return "schema";
  return type === "Response" ? "response" : "anywhere";
}

function propertyNames(schema: JsonObject, definition: string): readonly string[] {
  const definitions = schema["$defs"];
  const kind = isJsonObject(definitions) ? definitions[definition] : undefined;
  const properties = isJsonObject(kind) ? kind["properties"] : undefined;
  return isJsonObject(properties) ? Object.keys(properties) : [];
}
