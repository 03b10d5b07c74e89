import { readFileSync } from "node:fs";
import { appendPointer, collectRules } from "@qontext/sync-log-document";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { collectEnums, enumExports } from "./collect-enums.ts";
import { collectInvariants, collectLifecycles } from "./collect-rules.ts";
import { emitEnums } from "./emit/emit-enums.ts";
import { emitInvariants } from "./emit/emit-invariants.ts";
import { emitLifecycle } from "./emit/emit-lifecycle.ts";
import { emitOpenapi, emitOpenapiJson } from "./emit/emit-openapi.ts";
import { emitOperations } from "./emit/emit-operations.ts";
import { emitTypes } from "./emit/emit-types.ts";
import { emitValidators } from "./emit/emit-validators.ts";
import { emitVersion } from "./emit/emit-version.ts";
import { checkEndlessSchemas } from "./check-endless-schemas.ts";
import { createSchemaConverter } from "./emit/schema-converter.ts";
import { camelCase, createNameRegistry } from "./names.ts";
import { nameOperations } from "./name-operations.ts";
import type { NamedOperation } from "./name-operations.ts";
import { attempt, throwOnErrors } from "./problem.ts";
import type { Problem, Report } from "./problem.ts";
import { nameSchemas } from "./schema-views.ts";

/** The files to be written, and what could not be generated as written. */
export interface GenerationPlan {
  /** Text by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, string>;
  readonly operations: readonly NamedOperation[];
  /** The exported name of each component schema, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
  /** The exported types that stand for schemas: of the components, and of the known values of enums. */
  readonly schemaTypes: readonly string[];
  readonly warnings: readonly Problem[];
}

/** Exports that do not depend on the document. */
const fixedNames = (
  "paths webhooks components operations operationTable OperationId securitySchemes invariants Invariant " +
  "Lifecycle specVersion specSha256 openapiDocument OpenApiDocument Validator ValidationIssue ValidationResult createValidator"
).split(" ");

/**
 * Decides what the schema part of a document consists of. Pure but for the run-time modules that it reads.
 *
 * @param origin - The line that every file begins with.
 * @throws GenerationError if an extension of the document cannot be read.
 */
export function planGeneration(document: OpenApiDocument, origin: string): GenerationPlan {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const registry = createNameRegistry(fixedNames, report);
  const schemas = nameSchemas(document, registry);
  const { typeNames, views, hasDirections } = schemas;
  const enums = collectEnums(document, typeNames, registry, report);
  const operations = nameOperations(document, report);
  const lifecycles = collectLifecycles(document, report);
  const lifecycleNames = lifecycles.map(({ schema }) =>
    registry.claim(`${camelCase(schema)}Lifecycle`, appendPointer("#/components/schemas", schema)),
  );
  checkEndlessSchemas(document, report);
  throwOnErrors(problems);
  const invariants = collectInvariants(document, operations, report);
  let count = 0;
  // The names that Ajv makes of these stand in its code.
  const nameOf = (): string => `s${count++}`;
  const converter = createSchemaConverter(document, { nameOf, hasDirections, report });
  const { validators, checks } = emitValidators(views, converter);
  throwOnErrors(problems);
  // Nothing evaluates the rules here, but whatever reads them would refuse the document.
  attempt(report, () => collectRules(document));
  throwOnErrors(problems);

  const modules: Readonly<Record<string, string>> = {
    "checks.ts": checks,
    "formats.ts": readDocumentModule("schemas/format-functions.ts"),
    "index.ts": emitIndex(
      ["paths", "webhooks", "components", "operations", ...views.map(({ name }) => name)],
      [
        emitVersion(document.value),
        emitEnums(enums),
        emitOperations(document, operations),
        emitLifecycle(lifecycles, lifecycleNames),
        emitInvariants(invariants),
      ],
    ),
    "keywords.ts": readRuntime("keywords.ts"),
    "openapi.ts": emitOpenapi(document.value),
    "pointers.ts": readDocumentModule("split-pointer.ts"),
    "types.ts": emitTypes({ document, operations, schemas, converter, registry }),
    "validation.ts": readRuntime("validation.ts"),
    "validators.ts": validators,
  };
  const files = Object.entries(modules).map(
    ([name, text]) => [name, `// ${origin}\n\n${text}`] as const,
  );
  return {
    files: new Map([...files, ["openapi.json", emitOpenapiJson(document.value, origin)] as const]),
    operations,
    typeNames,
    schemaTypes: [
      ...views.map(({ name }) => name),
      ...enums.map(({ name }) => enumExports(name).type),
    ].toSorted(),
    warnings: problems,
  };
}

/**
 * The module that a consumer imports: the types by name, the values themselves. They stand in it rather than in modules of
 * their own because each module costs half a millisecond when a process starts.
 *
 * @param types - What `types.ts` exports.
 * @param sections - Declarations, in the order in which they shall stand.
 */
function emitIndex(types: readonly string[], sections: readonly string[]): string {
  const names = types.toSorted().map((name) => `  ${name},\n`);
  const exports = `export type {\n${names.join("")}} from "./types.ts";\n`;
  return [exports, ...sections.filter((section) => section !== "")].join("\n");
}

/** The modules that generated code needs at run time are copied, so that the code can stand anywhere. */
function readRuntime(name: string): string {
  const text = readFileSync(new URL(`runtime/${name}`, import.meta.url), "utf8");
  return text.replace('"@qontext/sync-log-document"', '"./pointers.ts"');
}

/** A module without imports that the readers of documents use, too. */
function readDocumentModule(name: string): string {
  return readFileSync(new URL(`../../packages/document/src/${name}`, import.meta.url), "utf8");
}
