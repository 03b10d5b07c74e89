import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import type { Operation, Specification } from "./operation.ts";
import { compileRulesAt, readAssumptions, readSchemaRules } from "./read-rules.ts";
import { readOperations } from "./read-operations.ts";
import { createSchemaRegistry } from "./schema-registry.ts";

export interface SpecificationOptions {
  /** Formats that are not asserted, because the document means them as hints. @default none */
  readonly ignoredFormats?: readonly string[];
  /** Judge only these operations, by operationId. @default all that are read with GET */
  readonly operationIds?: readonly string[];
}

/**
 * Makes a document ready to judge by. Everything in it that could check something is compiled now, so that nothing is passed
 * over later.
 *
 * @throws {@link CouldNotJudgeError} if a schema, format or rule does not compile, or there is nothing to judge.
 */
export function createSpecification(
  document: OpenApiDocument,
  options: SpecificationOptions = {},
): Specification {
  const schemas = createSchemaRegistry(document, options.ignoredFormats);
  const rules = readSchemaRules(document);
  const all = readOperations(document, (pointer) => compileRulesAt(document, pointer));
  const operations = selectOperations(all, options.operationIds);
  for (const pointer of operations.flatMap(schemaPointers)) schemas.compile(pointer);
  const info = isJsonObject(document["info"]) ? document["info"] : {};
  return {
    document,
    title: textOf(info["title"], "untitled"),
    version: textOf(info["version"], "0"),
    operations,
    schemas,
    rules,
    assumptions: readAssumptions(document),
  };
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}

function selectOperations(
  all: readonly Operation[],
  ids: readonly string[] | undefined,
): readonly Operation[] {
  if (all.length === 0) {
    throw new CouldNotJudgeError(
      "bad_spec",
      "The spec has no GET operation, so there is nothing to judge.",
    );
  }
  const unknown = ids?.find((id) => all.every((operation) => operation.id !== id));
  if (unknown !== undefined) {
    const known = all.map((operation) => operation.id).join(", ");
    throw new CouldNotJudgeError(
      "bad_options",
      `The spec has no GET operation "${unknown}"; it has: ${known}.`,
    );
  }
  return ids === undefined ? all : all.filter((operation) => ids.includes(operation.id));
}

function schemaPointers(operation: Operation): readonly string[] {
  const holders = [
    ...operation.parameters,
    ...operation.responses.flatMap((response) => [...response.content, ...response.headers]),
  ];
  return holders.flatMap(({ schemaPointer }) =>
    schemaPointer === undefined ? [] : [schemaPointer],
  );
}
