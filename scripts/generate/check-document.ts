import { appendPointer, DocumentError, loadDocument } from "@qontext/sync-log-document";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintDocument,
} from "@redocly/openapi-core";
import type { NormalizedProblem } from "@redocly/openapi-core";
import { relative } from "node:path";
import { GenerationError, problemOf, throwOnErrors } from "./problem.ts";
import type { Problem } from "./problem.ts";

/** A document that code can be generated from. */
export interface CheckedDocument {
  readonly document: OpenApiDocument;
  readonly warnings: readonly Problem[];
}

/** What makes a document useless to a generator; its taste is the business of `pnpm lint:spec`. */
const rules = {
  struct: "error",
  "no-unresolved-refs": "error",
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
  const found = await lintStructure(path);
  const problems = found
    .filter((problem) => !problem.ignored && !isFalseAlarm(document, problem))
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
      const known = error instanceof DocumentError ? error.place : undefined;
      const place = known ?? document?.locate(problem.pointer) ?? { file: path };
      return { ...problem, ...place, file: relative(cwd, place.file) };
    });
    throw new GenerationError(located);
  }
}

/** Redocly does not percent-encode its pointers, although they are fragments of a URI. */
export function fromRedoclyPointer(pointer: string): string {
  return pointer.replaceAll("%", "%25");
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

/** What Redocly takes for a mistake although the specification allows for it. */
function isFalseAlarm(document: OpenApiDocument, problem: NormalizedProblem): boolean {
  const { ruleId, message, location } = problem;
  // A schema of OpenAPI 3.1 may be true or false.
  const isBoolean = /`Schema` \(object\) but got `boolean`/.test(message);
  if (isBoolean && document.version === "3.1") return true;
  const pointer = fromRedoclyPointer(location[0]?.pointer ?? "#");
  if (ruleId !== "no-unresolved-refs" || !/\/discriminator\/mapping\/[^/]+$/.test(pointer))
    return false;
  // A mapping may name a component schema instead of referring to it.
  const name = document.at(pointer);
  if (typeof name !== "string") return false;
  return document.at(appendPointer("#/components/schemas", name)) !== undefined;
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
