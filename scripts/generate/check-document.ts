import { DocumentError, loadDocument } from "@qontext/sync-log-document";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintDocument,
} from "@redocly/openapi-core";
import type { NormalizedProblem } from "@redocly/openapi-core";
import { relative } from "node:path";
import { attempt, GenerationError, problemOf, throwOnErrors } from "./problem.ts";
import type { Problem, Report } from "./problem.ts";

/** A document that code can be generated from. */
export interface CheckedDocument {
  readonly document: OpenApiDocument;
  readonly warnings: readonly Problem[];
}

/** Rules without which no code can be generated; `pnpm lint:spec` has those of style. */
const rules = {
  struct: "error",
  "operation-operationId-unique": "error",
  "operation-parameters-unique": "error",
  "path-parameters-defined": "error",
} as const;

/**
 * Reads an OpenAPI 3.0 or 3.1 document, and checks its structure.
 *
 * @param path - Absolute path of a YAML or JSON file.
 * @param cwd - Files are named relative to it in problems.
 * @throws {@link GenerationError} if the document is invalid, with the file, line and rule of every error.
 */
export async function checkDocument(path: string, cwd: string): Promise<CheckedDocument> {
  // First, because Redocly would follow references out of the folder and into the network.
  const document = await withPlaces({ path, cwd }, () => loadDocument(path));
  await withPlaces({ path, cwd, document }, () => {
    const problems: Problem[] = [];
    const report: Report = (problem) => problems.push(problem);
    for (const node of document.walk()) attempt(report, () => document.resolve(node));
    throwOnErrors(problems);
  });
  const found = await lintStructure(path);
  const problems = found
    .filter((problem) => !problem.ignored && !isBooleanSchema(document, problem))
    .map((problem) => toProblem(problem, cwd));
  throwOnErrors(problems);
  return { document, warnings: problems };
}

/** Where problems are looked up. */
export interface ProblemSource {
  readonly path: string;
  readonly cwd: string;
  /** Undefined as long as it is not loaded. */
  readonly document?: OpenApiDocument;
}

/**
 * Runs a step that knows pointers; its errors get the file and line that the author of the document needs.
 *
 * @throws {@link GenerationError} for a {@link DocumentError}, too.
 */
export async function withPlaces<T>(
  { path, cwd, document }: ProblemSource,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof GenerationError || error instanceof DocumentError)) throw error;
    const problems = error instanceof DocumentError ? [problemOf(error)] : error.problems;
    const located = problems.map((problem) => {
      const { file = path } = problem;
      const place = problem.file === undefined ? document?.locate(problem.pointer) : undefined;
      return { ...problem, ...place, file: relative(cwd, place?.file ?? file) };
    });
    throw new GenerationError(located);
  }
}

async function lintStructure(path: string): Promise<readonly NormalizedProblem[]> {
  const config = await createConfig({ rules });
  // An example may have its value in the network.
  config.resolve.http.customFetch = () => {
    throw new Error("Nothing is fetched.");
  };
  const resolver = new BaseResolver(config.resolve);
  const root = await resolver.resolveDocument(null, path, true);
  if (root instanceof Error) throw root;
  return lintDocument({ document: root, config, externalRefResolver: resolver });
}

/** Redocly refuses it, but a schema of OpenAPI 3.1 may be true or false. */
function isBooleanSchema({ version }: OpenApiDocument, { message }: NormalizedProblem): boolean {
  return version === "3.1" && /`Schema` \(object\) but got `boolean`/.test(message);
}

function toProblem(problem: NormalizedProblem, cwd: string): Problem {
  const [location] = problem.location;
  const place = location === undefined ? undefined : getLineColLocation(location);
  return {
    severity: problem.severity === "error" ? "error" : "warning",
    ruleId: problem.ruleId,
    message: problem.message,
    pointer: location?.pointer ?? "#",
    file: place === undefined ? undefined : relative(cwd, place.source.absoluteRef),
    line: place?.start.line,
    column: place?.start.col,
  };
}
