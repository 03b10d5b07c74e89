import {
  BaseResolver,
  YamlParseError,
  bundle,
  createConfig,
  getLineColLocation,
  lintDocument,
} from "@redocly/openapi-core";
import type { Config, Document, NormalizedProblem } from "@redocly/openapi-core";
import { relative } from "node:path";
import { GenerationError } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { isJsonObject, stringOf } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { valueAt } from "./json-pointer.ts";

/** An OpenAPI document in one piece: every `$ref` starts with `#`, every example has its value. */
export interface LoadedDocument {
  readonly document: JsonObject;
  readonly warnings: readonly Problem[];
  /** Says where in the file a pointer leads to. What came from another file has no place in it. */
  readonly locate: (problem: Problem) => Problem;
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
 * Reads, checks and bundles an OpenAPI 3.0 or 3.1 document.
 *
 * @param path - Absolute path of a YAML or JSON file.
 * @param cwd - Files are named relative to it in problems.
 * @throws {@link GenerationError} if the document is invalid, with every error's file, line and rule.
 */
export async function loadDocument(path: string, cwd: string): Promise<LoadedDocument> {
  const config = await createConfig({ rules });
  const resolver = new BaseResolver(config.resolve);
  const root = await readRoot(resolver, path, cwd);
  requireSupportedVersion(root, path, cwd);

  const found = await lintDocument({ document: root, config, externalRefResolver: resolver });
  const problems = found
    .filter((problem) => !problem.ignored && !isFalseAlarm(root, problem))
    .map((problem) => toProblem(problem, cwd));
  throwOnErrors(problems);
  return {
    document: await bundleInto(root, config, resolver, cwd),
    warnings: problems,
    locate: (problem) => locate(problem, root, cwd),
  };
}

function locate(problem: Problem, { source, parsed }: Document, cwd: string): Problem {
  const { pointer } = problem;
  if (valueAt(parsed, pointer) === undefined) return problem;
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
  const file = relative(cwd, source.absoluteRef);
  return { ...problem, file, line: start.line, column: start.col };
}

/** What Redocly takes for a mistake although the specification allows for it. */
function isFalseAlarm({ parsed }: Document, problem: NormalizedProblem): boolean {
  const { ruleId, message, location } = problem;
  if (!isJsonObject(parsed)) return false;
  const is31 = String(parsed["openapi"]).startsWith("3.1");
  // A schema of OpenAPI 3.1 may be true or false.
  if (is31 && /`Schema` \(object\) but got `boolean`/.test(message)) return true;
  const pointer = location[0]?.pointer ?? "";
  if (ruleId !== "no-unresolved-refs" || !/\/discriminator\/mapping\/[^/]+$/.test(pointer))
    return false;
  // A mapping may name a component schema instead of referring to it.
  const name = stringOf(valueAt(parsed, pointer));
  const { components } = parsed;
  const schemas = isJsonObject(components) ? components["schemas"] : undefined;
  return name !== undefined && isJsonObject(schemas) && Object.hasOwn(schemas, name);
}

async function bundleInto(
  root: Document,
  config: Config,
  externalRefResolver: BaseResolver,
  cwd: string,
): Promise<JsonObject> {
  const { bundle: bundled, problems } = await bundle({ doc: root, config, externalRefResolver });
  throwOnErrors(problems.map((problem) => toProblem(problem, cwd)));
  // YAML anchors make one object appear at two places, and what is generated changes objects in place.
  return structuredCopy(bundled.parsed);
}

async function readRoot(resolver: BaseResolver, path: string, cwd: string): Promise<Document> {
  const root = await resolver.resolveDocument(null, path, true).catch((error: unknown) => error);
  if (isDocument(root)) return root;
  const [reason = ""] = (root instanceof Error ? root.message : String(root)).split("\n");
  throw new GenerationError([
    {
      severity: "error",
      ruleId: root instanceof YamlParseError ? "syntax" : "unreadable",
      message: reason.endsWith(".") ? reason : `${reason}.`,
      pointer: "#",
      file: relative(cwd, path),
      ...(root instanceof YamlParseError ? { line: root.line, column: root.col } : {}),
    },
  ]);
}

function isDocument(value: unknown): value is Document {
  return isJsonObject(value) && "source" in value && "parsed" in value;
}

function requireSupportedVersion({ parsed }: Document, path: string, cwd: string): void {
  const version = isJsonObject(parsed) ? parsed["openapi"] : undefined;
  if (typeof version === "string" && /^3\.[01]\./.test(version)) return;
  const message = `must be an OpenAPI 3.0 or 3.1 document, but "openapi" is ${JSON.stringify(version) ?? "missing"}.`;
  const file = relative(cwd, path);
  throw new GenerationError([
    {
      severity: "error",
      ruleId: "openapi-version",
      message,
      pointer: "#/openapi",
      file,
      line: 1,
      column: 1,
    },
  ]);
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

function throwOnErrors(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) throw new GenerationError(errors);
}

function structuredCopy(parsed: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(parsed));
  return isJsonObject(copy) ? copy : {};
}
