import { readFileSync } from "node:fs";
import { collectEnums } from "./collect-enums.ts";
import { collectOperations } from "./collect-operations.ts";
import type { Operation } from "./collect-operations.ts";
import { collectInvariants, collectLifecycles } from "./collect-rules.ts";
import { isJsonObject } from "./document/json.ts";
import type { JsonObject } from "./document/json.ts";
import { joinPointer } from "./document/json-pointer.ts";
import { emitEnums } from "./emit/emit-enums.ts";
import { emitIndex } from "./emit/emit-index.ts";
import { emitInvariants } from "./emit/emit-invariants.ts";
import { emitLifecycle } from "./emit/emit-lifecycle.ts";
import { emitOpenapi, emitOpenapiJson } from "./emit/emit-openapi.ts";
import { emitOperations } from "./emit/emit-operations.ts";
import { emitTypes } from "./emit/emit-types.ts";
import { emitValidators } from "./emit/emit-validators.ts";
import { emitVersion } from "./emit/emit-version.ts";
import { findClosedSchemas } from "./enum-openness.ts";
import { findRecursiveSchemas } from "./find-recursive-schemas.ts";
import { camelCase, createNameRegistry, pascalCase } from "./names.ts";
import type { NameRegistry } from "./names.ts";
import { GenerationError } from "./problem.ts";
import type { Problem, Report } from "./problem.ts";

/** What is to be written, and what is to be said about it. */
export interface GenerationPlan {
  /** Text by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, string>;
  readonly operations: readonly Operation[];
  /** The exported name of each component schema, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
  readonly warnings: readonly Problem[];
}

/** Exports that do not depend on the document. */
const fixedNames = (
  "paths webhooks components $defs operations WithRequired operationTable OperationId securitySchemes invariants Invariant " +
  "Lifecycle specVersion specSha256 openapiDocument OpenApiDocument Validator ValidationIssue ValidationResult createValidator"
).split(" ");

/**
 * Decides what the schema part of a document consists of. Pure but for the run-time modules that it reads.
 *
 * @param origin - The line that every file begins with.
 * @throws {@link GenerationError} if an extension of the document cannot be read.
 */
export function planGeneration(document: JsonObject, origin: string): GenerationPlan {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const registry = createNameRegistry(fixedNames, report);
  const typeNames = nameSchemas(document, registry);
  const enums = collectEnums(document, typeNames, registry, report);
  const operations = collectOperations(document, report);
  const lifecycles = collectLifecycles(document, report);
  const lifecycleNames = lifecycles.map(({ schema }) =>
    registry.claim(`${camelCase(schema)}Lifecycle`, `#/components/schemas/${schema}`),
  );
  const recursiveSchemas = findRecursiveSchemas(document, report);
  throwOnErrors(problems);
  const invariants = collectInvariants(document, operations, report);
  const { validators, checks } = emitValidators(document, typeNames, report);
  throwOnErrors(problems);

  const modules: Readonly<Record<string, string>> = {
    "checks.ts": checks,
    "formats.ts": readRuntime("formats.ts"),
    "index.ts": emitIndex(
      ["paths", "webhooks", "components", "operations", ...typeNames.values()],
      [
        emitVersion(document),
        emitEnums(enums),
        emitOperations(document, operations),
        emitLifecycle(lifecycles, lifecycleNames),
        emitInvariants(invariants),
      ],
    ),
    "keywords.ts": readRuntime("keywords.ts"),
    "openapi.ts": emitOpenapi(document),
    "types.ts": emitTypes(document, typeNames, findClosedSchemas(document), recursiveSchemas),
    "validation.ts": readRuntime("validation.ts"),
    "validators.ts": validators,
  };
  const files = Object.entries(modules).map(
    ([name, text]) => [name, `// ${origin}\n\n${text}`] as const,
  );
  return {
    files: new Map([...files, ["openapi.json", emitOpenapiJson(document, origin)] as const]),
    operations,
    typeNames,
    warnings: problems,
  };
}

function throwOnErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new GenerationError(errors);
}

function nameSchemas(document: JsonObject, registry: NameRegistry): ReadonlyMap<string, string> {
  const { components } = document;
  const schemas = isJsonObject(components) ? components["schemas"] : undefined;
  return new Map(
    Object.keys(isJsonObject(schemas) ? schemas : {}).map((key) => {
      const pointer = joinPointer("#/components/schemas", key);
      return [pointer, registry.claim(pascalCase(key), pointer)];
    }),
  );
}

/** The modules that generated code needs at run time are copied, so that the code can stand anywhere. */
function readRuntime(name: string): string {
  return readFileSync(new URL(`runtime/${name}`, import.meta.url), "utf8");
}
