import {
  appendPointer,
  DocumentError,
  loadDocument,
  operationFaults,
  pointerTokens,
} from "@qontext/sync-log-document";
import type { NodeKind, OpenApiDocument } from "@qontext/sync-log-document";
import { BaseResolver, createConfig, lintDocument, Source } from "@redocly/openapi-core";
import { relative } from "node:path";
import { documentationKeys } from "./documentation-of.ts";
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
} as const;

/** How a document is read. */
export interface CheckOptions {
  /** Files are named relative to it in problems. */
  readonly cwd: string;
  /** The folder that every file it refers to must be in. @default the document's own */
  readonly folder?: string | undefined;
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document, and checks its structure. What is wrong where nothing is generated from it is a warning.
 *
 * @param path - Absolute path of a YAML or JSON file.
 * @throws GenerationError if the document is invalid, with the file, line and rule of every error.
 */
export async function checkDocument(
  path: string,
  { cwd, folder }: CheckOptions,
): Promise<CheckedDocument> {
  const document = await withPlaces({ path, cwd }, () => loadDocument(path, { folder }));
  const problems: Problem[] = [];
  await withPlaces({ path, cwd, document }, async () => {
    for (const node of document.walk()) {
      const report: Report = (problem) => problems.push(rate(problem, node.kind));
      attempt(report, () => document.resolve(node));
    }
    // What follows does not expect references to nothing.
    throwOnErrors(problems);
    problems.push(...(await lintStructure(document, path)));
    for (const { rule, isClear, ...fault } of operationFaults(document)) {
      problems.push({ ...fault, ruleId: rule, severity: isClear ? "warning" : "error" });
    }
    throwOnErrors(problems);
  });
  return { document, warnings: problems };
}

/** Kinds of objects that nothing is generated from. */
const quietKinds: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "info",
  "contact",
  "license",
  "server",
  "serverVariable",
  "externalDocs",
  "callback",
  "example",
  "link",
  "tag",
  "discriminator",
  "xml",
  "oauthFlows",
  "oauthFlow",
]);

function rate(problem: Problem, kind: NodeKind): Problem {
  return quietKinds.has(kind) ? { ...problem, severity: "warning" } : problem;
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
 * @throws GenerationError for a {@link DocumentError}, too.
 */
export async function withPlaces<T>(
  { path, cwd, document }: ProblemSource,
  step: () => T | Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    const located = problems.map((problem) => {
      const { file = path } = problem;
      const place = problem.file === undefined ? document?.locate(problem.pointer) : undefined;
      return { ...problem, ...place, file: relative(cwd, place?.file ?? file) };
    });
    throw new GenerationError(located);
  }
}

function problemsOf(error: unknown): readonly Problem[] | undefined {
  if (error instanceof GenerationError) return error.problems;
  if (error instanceof DocumentError) return [problemOf(error)];
  if (!(error instanceof RangeError) || !/call stack/.test(error.message)) return undefined;
  // Redocly and Ajv follow references one within the other.
  const message = "its schemas refer to one another in longer chains than can be followed.";
  return [{ severity: "error", ruleId: "too-deep", message, pointer: "#" }];
}

/** Redocly does not percent-encode its pointers, although they are fragments of a URI. */
function fromRedoclyPointer(pointer: string): string {
  return pointer.replaceAll("%", "%25");
}

/** Lints what was read: Redocly reads no file, and so none that a reference leads to. */
async function lintStructure(document: OpenApiDocument, path: string): Promise<readonly Problem[]> {
  const config = await createConfig({ rules });
  // An example may have its value in the network.
  config.resolve.http.customFetch = () => {
    throw new Error("Nothing is fetched.");
  };
  const found = await lintDocument({
    document: { source: new Source(path, ""), parsed: document.value },
    config,
    externalRefResolver: new BaseResolver(config.resolve),
  });
  const wrong = found.filter((problem) => !problem.ignored);
  if (wrong.length === 0) return [];
  const kinds = new Map([...document.walk()].map(({ pointer, kind }) => [pointer, kind]));
  return wrong.flatMap(({ ruleId, message, location: [location] }) => {
    const pointer = fromRedoclyPointer(location?.pointer ?? "#/");
    const [holder, key] = holderOf(pointer, kinds);
    const kind = kinds.get(holder) ?? "document";
    const isSchema = kind === "schema";
    // A schema of OpenAPI 3.1 may be true or false.
    const isBoolean = /`Schema` \(object\) but got `boolean`/.test(message);
    if (isBoolean && document.version === "3.1") return [];
    const isUnknown = /is not (?:expected|allowed) here/.test(message);
    // Which keywords check nothing is said where the schemas are converted.
    if (isSchema && isUnknown) return [];
    // What is empty is absent; and 3.0 has no type null, but it can mean one thing only.
    const isEmpty = /but got `null`/.test(message) || document.at(pointer) === "null";
    const isQuiet = isUnknown || isEmpty || isUnread(kind, key ?? missingField(message));
    const severity = isQuiet ? "warning" : "error";
    return [{ ruleId, message, pointer, severity } as const];
  });
}

/** The object of the specification that a pointer leads into, and which of its members. */
function holderOf(
  pointer: string,
  kinds: ReadonlyMap<string, NodeKind>,
): readonly [holder: string, key: string | undefined] {
  const tokens = pointerTokens(pointer);
  for (let length = tokens.length; length > 0; length--) {
    const holder = appendPointer("#", ...tokens.slice(0, length));
    if (kinds.has(holder)) return [holder, tokens[length]];
  }
  return ["#", tokens[0]];
}

function missingField(message: string): string | undefined {
  return /^The field `([^`]+)` must be present/.exec(message)?.[1];
}

/** Members that are documentation, or said again elsewhere: nothing is generated from them, or it can do without. */
const unreadKeys = new Set([
  ...documentationKeys,
  "tags",
  "servers",
  "externalDocs",
  "examples",
  "xml",
  "links",
  "discriminator",
  "style",
]);

function isUnread(kind: NodeKind, key: string | undefined): boolean {
  if (kind === "info" && key === "version") return false;
  return quietKinds.has(kind) || (key !== undefined && unreadKeys.has(key));
}
