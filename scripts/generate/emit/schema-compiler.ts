import AjvCore, { _ } from "ajv/dist/core.js";
import type { Options } from "ajv/dist/core.js";
import draft2020Vocabularies from "ajv/dist/vocabularies/draft2020.js";
import {
  formatCheck,
  isJsonObject,
  isUnicodePattern,
  schemaOptions,
} from "@qontext/sync-log-document";
import type { JsonSchema } from "@qontext/sync-log-document";

/** Ajv with the schemas of a document. */
export interface SchemaCompiler {
  readonly ajv: AjvCore.default;
  /** What Ajv calls the schema with a key. */
  readonly refTo: (key: string) => string;
  /** The formats that the schemas ask for. */
  readonly formats: readonly string[];
}

const documentId = "document";

const maxOptimizedSchemas = 200;

/**
 * Ajv's own class for 2020-12 puts code for unevaluated properties and dynamic references into every function; this one puts
 * in the former where it is needed.
 */
export function createSchemaCompiler($defs: Readonly<Record<string, JsonSchema>>): SchemaCompiler {
  const found = inspect($defs);
  const options: Options = {
    ...schemaOptions,
    code: {
      source: true,
      esm: true,
      lines: true,
      formats: _`formats`,
      regExp,
      // Only the text of the functions is wanted; to make them of it would take as long as to write it.
      process: () => "return () => true",
      // Saves a tenth of the code, and takes as long as everything else together.
      optimize: Object.keys($defs).length <= maxOptimizedSchemas,
    },
    // Larger schemas would be repeated at each place that refers to them.
    inlineRefs: 4,
    next: true,
    // A property called `constructor` is there in every object unless only own properties count.
    ownProperties: found.hasInheritedName,
    unevaluated: found.hasUnevaluated,
    validateSchema: false,
  };
  const ajv = new AjvCore.default(options);
  for (const vocabulary of draft2020Vocabularies.default) ajv.addVocabulary(vocabulary);
  for (const name of found.formats) addFormat(ajv, name);
  ajv.addSchema({ $defs }, documentId);
  return {
    ajv,
    refTo: (key) => `${documentId}#/$defs/${key}`,
    formats: [...found.formats],
  };
}

/** A pattern that has no flag `u` gets none in the code, either: see `adaptCode`. */
const regExp = Object.assign(
  (pattern: string) => new RegExp(pattern, isUnicodePattern(pattern) ? "u" : ""),
  { code: "new RegExp" },
);

function addFormat(ajv: AjvCore.default, name: string): void {
  const check = formatCheck(name);
  if (check === undefined || check === "unchecked") return;
  if ("pattern" in check) ajv.addFormat(name, check.pattern);
  // Only the name of a function gets into the code, so any function will do here.
  else if (check.type === "number") ajv.addFormat(name, { type: "number", validate: () => true });
  else ajv.addFormat(name, () => true);
}

interface Inspection {
  readonly formats: Set<string>;
  hasInheritedName: boolean;
  hasUnevaluated: boolean;
}

function inspect(
  value: unknown,
  found: Inspection = { formats: new Set(), hasInheritedName: false, hasUnevaluated: false },
): Inspection {
  if (Array.isArray(value)) for (const item of value) inspect(item, found);
  if (!isJsonObject(value)) return found;
  const { format } = value;
  if (typeof format === "string") found.formats.add(format);
  for (const [key, member] of Object.entries(value)) {
    if (key in Object.prototype) found.hasInheritedName = true;
    if (key.startsWith("unevaluated")) found.hasUnevaluated = true;
    inspect(member, found);
  }
  return found;
}
