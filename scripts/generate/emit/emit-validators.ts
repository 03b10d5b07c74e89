import standalone from "ajv/dist/standalone/index.js";
import { formatCheck, isUnicodePattern } from "@qontext/sync-log-document";
import type { JsonSchema } from "@qontext/sync-log-document";
import { propertyKey } from "../names.ts";
import type { SchemaView } from "../schema-views.ts";
import { createSchemaCompiler } from "./schema-compiler.ts";
import type { SchemaConverter } from "./schema-converter.ts";

/** The modules that validate. */
export interface ValidatorModules {
  /** Exports a validator for each component schema. */
  readonly validators: string;
  /** The code that Ajv made, which the other one gives a better shape. */
  readonly checks: string;
}

/** A validator for each component schema, as code that needs nothing at run time. */
export function emitValidators(
  views: readonly SchemaView[],
  converter: SchemaConverter,
): ValidatorModules {
  if (views.length === 0) return { validators: "export {};\n", checks: "export {};\n" };
  const keys = new Map(
    views.map(({ name, pointer, direction }) => [name, converter.keyOf(pointer, direction)]),
  );
  return {
    validators: emitTypedValidators([...keys.keys()]),
    checks: emitChecks(converter.defs(), keys),
  };
}

function emitTypedValidators(names: readonly string[]): string {
  const constants = names.map(
    (name) => `
/** Checks whether a value is a {@link ${name}}. */
export const validate${name}: Validator<${name}> = /* @__PURE__ */ createValidator(check${name});
`,
  );
  return `${formatImport(
    names.map((name) => `check${name}`),
    "./checks.ts",
  )}import type ${formatImport(names, "./types.ts").slice("import ".length)}\
import { createValidator } from "./validation.ts";
import type { Validator } from "./validation.ts";

export type { ValidationIssue, ValidationResult, Validator } from "./validation.ts";
${constants.join("")}`;
}

/** @param keys - The key of each schema that gets a validator, by its exported name. */
function emitChecks(
  $defs: Readonly<Record<string, JsonSchema>>,
  keys: ReadonlyMap<string, string>,
): string {
  const { ajv, refTo, formats } = createSchemaCompiler($defs);
  const names = [...keys.keys()];
  // Ajv exports by ASCII names only.
  const refs = [...keys.values()].map((key, index) => [`check${index}`, refTo(key)]);
  const code = adaptCode(standalone.default(ajv, Object.fromEntries(refs))).replaceAll(
    /^export const check(\d+) = /gm,
    (_statement, index) => `export const check${names[index]}: RawValidate<${names[index]}> = `,
  );
  const keywords = ["countCodePoints", "isEqual"].filter((name) => code.includes(`= ${name};`));
  const { functions, table } = emitFormatTable(formats);
  return `// @ts-nocheck
${formatImport(functions, "./formats.ts")}${formatImport(keywords, "./keywords.ts")}\
import type ${formatImport(names, "./types.ts").slice("import ".length)}\
import { addError, addErrors } from "./validation.ts";
import type { RawValidate } from "./validation.ts";
${table}${code}`;
}

/** The table that Ajv's code looks its formats up in; those that are patterns are in the code itself. */
function emitFormatTable(formats: readonly string[]): {
  readonly functions: readonly string[];
  readonly table: string;
} {
  const functions = new Set<string>();
  const rows = formats.flatMap((name) => {
    const check = formatCheck(name);
    if (check === undefined || check === "unchecked" || "pattern" in check) return [];
    const { functionName, type } = check;
    functions.add(functionName);
    const value = type === "number" ? `{ validate: ${functionName} }` : functionName;
    return [`  ${propertyKey(name)}: ${value},\n`];
  });
  const table = rows.length === 0 ? "" : `\nconst formats = {\n${rows.join("")}};\n`;
  return { functions: [...functions].toSorted(), table };
}

/**
 * Makes Ajv's code independent of Ajv, and its way to collect errors shorter and bounded.
 *
 * @throws if the code is not as expected: what collects errors in another way would not be bounded.
 */
function adaptCode(code: string): string {
  const adapted = code
    .replace('"use strict";', "")
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', "countCodePoints")
    .replaceAll('require("ajv/dist/runtime/equal").default', "isEqual")
    .replaceAll(/new RegExp\(("(?:[^"\\]|\\.)*"), "u"\)/g, (call, pattern: string) =>
      isUnicodePattern(JSON.parse(pattern)) ? call : `new RegExp(${pattern})`,
    )
    .replaceAll(
      /const (err\d+) = (\{[^]*?\});\s*if\(vErrors === null\)\{\s*vErrors = \[\1\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}/g,
      // Nobody is told the place in the schema, which takes a sixth of the code.
      (_statements, _name, error: string) =>
        `vErrors = addError(vErrors, ${error.replace(/schemaPath:"(?:[^"\\]|\\.)*",/, "")});`,
    )
    .replaceAll(
      /vErrors = vErrors === null \? ([\w.]+\.errors) : vErrors\.concat\(\1\);/g,
      "vErrors = addErrors(vErrors, $1);",
    );
  const unexpected = /vErrors\.(?:push|concat)|vErrors\[|require\(/.exec(adapted);
  if (unexpected !== null) throw new Error(`Ajv's code has an unexpected ${unexpected[0]}.`);
  return withoutUnusedSchemas(adapted);
}

/** Ajv declares each schema beside its function, and the function needs it for an enum at most. */
function withoutUnusedSchemas(code: string): string {
  const uses = new Map<string, number>();
  for (const [name] of code.matchAll(/\bschema\d+\b/g)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return code.replaceAll(/^const (schema\d+) = .*;\n/gm, (declaration, name: string) =>
    uses.get(name) === 1 ? "" : declaration,
  );
}

function formatImport(names: readonly string[], module: string): string {
  if (names.length === 0) return "";
  return `import { ${names.join(", ")} } from "${module}";\n`;
}
