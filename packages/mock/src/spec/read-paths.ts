import { isJsonObject } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { resolveRef } from "./resolve-ref.ts";

/** One operation of the document. */
export interface Operation {
  /** The operationId, or `GET /the/{path}` without one. */
  readonly id: string;
  /** In lower case. */
  readonly method: string;
  readonly node: JsonObject;
}

/** One path of the document with its operations. */
export interface ApiPath {
  readonly template: string;
  /** Names of the path parameters, in the order of the template. */
  readonly parameters: readonly string[];
  readonly operations: ReadonlyMap<string, Operation>;
  readonly pattern: RegExp;
}

/** A path of the document and the values that a request gave to its parameters. */
export interface PathMatch {
  readonly path: ApiPath;
  readonly values: Readonly<Record<string, string>>;
  /** Whether every value could be decoded; one that could not stays as it was sent. */
  readonly isDecodable: boolean;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Reads every path of a document; those with the fewest parameters first, as OpenAPI matches them. */
export function readPaths(document: JsonObject): readonly ApiPath[] {
  const paths = isJsonObject(document["paths"]) ? document["paths"] : {};
  return Object.entries(paths)
    .filter(([template]) => template.startsWith("/"))
    .map(([template, item]) => readPath(template, resolveRef(document, item)))
    .toSorted((a, b) => a.parameters.length - b.parameters.length);
}

function readPath(template: string, item: JsonObject): ApiPath {
  const operations = new Map<string, Operation>();
  for (const method of methods) {
    const node = item[method];
    if (!isJsonObject(node)) continue;
    const { operationId } = node;
    const id =
      typeof operationId === "string" ? operationId : `${method.toUpperCase()} ${template}`;
    operations.set(method, { id, method, node });
  }
  const parts = template.split(/\{([^}]*)\}/);
  const parameters = parts.filter((_, index) => index % 2 === 1);
  const source = parts
    .map((part, index) =>
      index % 2 === 1 ? "([^/]+)" : part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`),
    )
    .join("");
  return { template, parameters, operations, pattern: new RegExp(`^${source}$`) };
}

/** Finds the path that a request's pathname matches. */
export function matchPath(paths: readonly ApiPath[], pathname: string): PathMatch | undefined {
  for (const path of paths) {
    const match = path.pattern.exec(pathname);
    if (match === null) continue;
    const values: Record<string, string> = {};
    let isDecodable = true;
    for (const [index, name] of path.parameters.entries()) {
      const raw = match[index + 1] ?? "";
      const decoded = decode(raw);
      isDecodable &&= decoded !== undefined;
      values[name] = decoded ?? raw;
    }
    return { path, values, isDecodable };
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
