import { Ajv2020 } from "ajv/dist/2020.js";
import { _ } from "ajv/dist/core.js";
import standaloneModule from "ajv/dist/standalone/index.js";
import { isJsonObject } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { propertyKey } from "../names.ts";
import type { Report } from "../problem.ts";
import { formatCheck } from "./formats.ts";
import { createValidationSchemas } from "./validation-schemas.ts";
import type { ValidationSchemas } from "./validation-schemas.ts";

/** The modules that validate. */
export interface ValidatorModules {
  /** Exports a validator for each component schema. */
  readonly validators: string;
  /** The code that Ajv made, which the other one gives types. */
  readonly checks: string;
}

/** The package is CommonJS, and its types do not say that it can be called as it is. */
const standaloneCode = standaloneModule as unknown as typeof standaloneModule.default;

const documentId = "document";

/**
 * A validator for each component schema, as code that needs nothing at run time.
 *
 * @param typeNames - The exported name of each component schema, by its pointer.
 */
export function emitValidators(
  document: JsonObject,
  typeNames: ReadonlyMap<string, string>,
  report: Report,
): ValidatorModules {
  const schemas = createValidationSchemas(document, [...typeNames.keys()], report);
  return {
    validators: emitTypedValidators([...typeNames.values()]),
    checks: emitChecks(schemas, typeNames),
  };
}

function emitTypedValidators(names: readonly string[]): string {
  if (names.length === 0) return "export {};\n";
  const constants = names.map(
    (name) => `
/** Checks whether a value is {@link ${name}}. */
export const validate${name}: Validator<${name}> = /* @__PURE__ */ createValidator(checks.check${name});
`,
  );
  return `import * as checks from "./checks.ts";
import type { ${names.join(", ")} } from "./types.ts";
import { createValidator } from "./validation.ts";
import type { Validator } from "./validation.ts";

export type { ValidationIssue, ValidationResult, Validator } from "./validation.ts";
${constants.join("")}`;
}

function emitChecks(schemas: ValidationSchemas, typeNames: ReadonlyMap<string, string>): string {
  if (typeNames.size === 0) return "// @ts-nocheck\nexport {};\n";
  const formats = usedFormats(schemas.$defs);
  const ajv = createAjv(schemas, formats);
  const refs = [...typeNames].map(([pointer, name]) => [
    `check${name}`,
    `${documentId}#/$defs/${schemas.keys.get(pointer)}`,
  ]);
  const code = shortenErrors(standaloneCode(ajv, Object.fromEntries(refs)));
  return `// @ts-nocheck
${emitFormats(formats)}import { addError, addErrors } from "./validation.ts";
import type { RawValidate } from "./validation.ts";
${code}`;
}

function createAjv({ $defs }: ValidationSchemas, formats: readonly string[]): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    code: { source: true, esm: true, lines: true, formats: _`formats` },
    // Larger schemas would be repeated at each place that refers to them.
    inlineRefs: 4,
    logger: false,
    ownProperties: hasInheritedName($defs),
    strict: false,
    validateSchema: false,
  });
  for (const name of formats) {
    const check = formatCheck(name);
    if (check === undefined || check === "unchecked") continue;
    // Only the name of a function gets into the code, so any function will do here.
    const { type, code } =
      "pattern" in check
        ? { type: "string" as const, code: check.pattern }
        : { type: check.type, code: () => true };
    ajv.addFormat(name, type === "number" ? { type, validate: () => true } : code);
  }
  ajv.addSchema({ $defs }, documentId);
  return ajv;
}

/** Every format that a schema asks for. */
function usedFormats(value: unknown, found: Set<string> = new Set()): readonly string[] {
  if (Array.isArray(value)) for (const item of value) usedFormats(item, found);
  else if (isJsonObject(value)) {
    const { format } = value;
    if (typeof format === "string") found.add(format);
    for (const member of Object.values(value)) usedFormats(member, found);
  }
  return [...found];
}

/** The table that Ajv's code looks its formats up in. */
function emitFormats(formats: readonly string[]): string {
  const rows: string[] = [];
  const functions = new Set<string>();
  for (const name of formats) {
    const check = formatCheck(name);
    if (check === undefined || check === "unchecked" || "pattern" in check) continue;
    functions.add(check.functionName);
    const { functionName, type } = check;
    rows.push(
      `  ${propertyKey(name)}: ${type === "number" ? `{ validate: ${functionName} }` : functionName},\n`,
    );
  }
  if (rows.length === 0) return "";
  const names = [...functions].toSorted().join(", ");
  return `import { ${names} } from "./formats.ts";\n\nconst formats = {\n${rows.join("")}};\n`;
}

/**
 * Makes Ajv's way to collect errors shorter and bounded.
 *
 * @throws if Ajv's code is not as expected: what collects errors in another way would not be bounded.
 */
function shortenErrors(code: string): string {
  const shortened = code
    .replace('"use strict";', "")
    .replaceAll(/^export const (\w+) = /gm, "export const $1: RawValidate = ")
    .replaceAll(
      /if\(vErrors === null\)\{\s*vErrors = \[(err\d+)\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}/g,
      "vErrors = addError(vErrors, $1);",
    )
    .replaceAll(
      /vErrors = vErrors === null \? (\w+\.errors) : vErrors\.concat\(\1\);/g,
      "vErrors = addErrors(vErrors, $1);",
    );
  const unexpected = /vErrors\.(?:push|concat)|vErrors\[|require\(/.exec(shortened);
  if (unexpected !== null) throw new Error(`Ajv's code has an unexpected ${unexpected[0]}.`);
  return shortened;
}

/** A property called `constructor` is there in every object unless only own properties count. */
function hasInheritedName(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasInheritedName);
  return Object.entries(value).some(
    ([key, member]) => key in Object.prototype || hasInheritedName(member),
  );
}
