import { readFile } from "node:fs/promises";
import path from "node:path";
import { openDocument } from "@qontext/sync-log-document";
import type { Document, NormalizedProblem } from "@redocly/openapi-core";
import {
  BaseResolver,
  createConfig,
  detectSpec,
  getLineColLocation,
  lintDocument,
  Source,
  YamlParseError,
} from "@redocly/openapi-core";
import { createPlugin, pluginRuleIds, referencesRuleId } from "./plugin.ts";
import { references } from "./rules/document.ts";
import type { SpecModel } from "./spec-model.ts";
import { reasonOf } from "./spec-model.ts";

/** Something that is wrong with a spec, and where. */
export interface SpecProblem {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly ruleId: string;
  readonly message: string;
}

/** Thrown for a spec that cannot be read at all. */
export class UnreadableSpecError extends Error {
  override readonly name = "UnreadableSpecError";
  readonly code = "unreadable_spec";
}

/** The rules of Redocly that are switched on. */
export const redoclyRuleIds: readonly string[] = [
  "info-license",
  "no-ambiguous-paths",
  "no-duplicated-enum-values",
  "no-duplicated-tag-names",
  "no-empty-servers",
  "no-enum-type-mismatch",
  "no-example-value-and-externalValue",
  "no-identical-paths",
  "no-illogical-composition-keywords",
  "no-mixed-number-range-constraints",
  "no-path-trailing-slash",
  "no-required-schema-properties-undefined",
  "no-schema-type-mismatch",
  "no-server-trailing-slash",
  "no-undefined-server-variable",
  "no-unused-components",
  "operation-2xx-response",
  "operation-4xx-response",
  "operation-operationId",
  "operation-operationId-unique",
  "operation-operationId-url-safe",
  "operation-parameters-unique",
  "operation-summary",
  "operation-tag-defined",
  "parameter-description",
  "path-declaration-must-exist",
  "path-not-include-query",
  "path-parameters-defined",
  "security-defined",
  "spec-components-invalid-map-name",
  "struct",
  "tag-description",
];

/**
 * Checks an OpenAPI document by Redocly's rules and those of this project.
 *
 * @param file - Absolute path of the document.
 * @returns what is wrong, in the order of files and lines; nothing if all is well.
 * @throws UnreadableSpecError if the file cannot be read.
 */
export async function lintSpec(file: string): Promise<readonly SpecProblem[]> {
  const source = new Source(file, await readSpec(file));
  const resolver = new BaseResolver({ http: { headers: [], customFetch: refuseToFetch } });
  let document: Document;
  try {
    document = resolver.parseDocument(source, true);
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    const message = error.message.replace(/ in "[^"]*" \(\d+:\d+\)$/, "");
    return [{ file, line: error.line, column: error.col, ruleId: "yaml", message }];
  }
  const unknown = whyUnknown(document.parsed);
  if (unknown !== undefined) {
    return [{ file, line: 1, column: 1, ruleId: "struct", message: unknown }];
  }
  const spec = openDocument(document.parsed);
  const model: SpecModel = { document: spec, nodes: [...spec.walk()], folder: path.dirname(file) };
  const unresolved = references(model);
  if (unresolved.length > 0) {
    return unresolved.map(({ pointer, message }) =>
      locate({ ruleId: referencesRuleId, message, location: [{ source, pointer }] }, file),
    );
  }
  const ids = [...redoclyRuleIds, ...pluginRuleIds];
  const config = await createConfig({
    plugins: [createPlugin(model)],
    rules: Object.fromEntries(ids.map((id) => [id, "error" as const])),
    telemetry: "off",
  });
  const problems = await lintDocument({ document, config, externalRefResolver: resolver });
  return problems
    .map((problem) => locate(problem, file))
    .toSorted(
      (a, b) =>
        a.file.localeCompare(b.file) ||
        a.line - b.line ||
        a.column - b.column ||
        a.ruleId.localeCompare(b.ruleId),
    );
}

/** An example may have its value in the network. */
function refuseToFetch(): never {
  throw new Error("Nothing is fetched.");
}

/** Redocly throws where it cannot tell which kind of document it has, and knows more kinds than this lint. */
function whyUnknown(document: unknown): string | undefined {
  try {
    const version = detectSpec(document);
    return version === "oas3_1" ? undefined : `this is ${version}; write OpenAPI 3.1`;
  } catch (error) {
    return reasonOf(error);
  }
}

async function readSpec(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UnreadableSpecError(reasonOf(error), { cause: error });
  }
}

function locate(
  problem: Pick<NormalizedProblem, "ruleId" | "message" | "location">,
  spec: string,
): SpecProblem {
  const { ruleId, message } = problem;
  const [location] = problem.location;
  if (location === undefined) return { file: spec, line: 1, column: 1, ruleId, message };
  const { source, start } = getLineColLocation(location);
  return { file: source.absoluteRef, line: start.line, column: start.col, ruleId, message };
}
