import { isJsonObject, objectEntries, stringOf } from "./document/json.ts";
import type { JsonObject } from "./document/json.ts";
import { childrenOf, resolveNode, rootOf } from "./document/walk-document.ts";
import type { DocumentNode } from "./document/walk-document.ts";
import { camelCase } from "./names.ts";
import type { Report } from "./problem.ts";

/** An operation with everything that its references lead to. */
export interface Operation {
  readonly operationId: string;
  /** In upper case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly node: DocumentNode;
  /** Those of the path, then those of the operation, each once. */
  readonly parameters: readonly OperationParameter[];
  readonly requestBody: DocumentNode | undefined;
  /** By status, as it is written in the document: `200`, `5XX`, `default`. */
  readonly responses: ReadonlyMap<string, DocumentNode>;
  /** Alternatives, each a list of the schemes that it takes together. */
  readonly security: readonly (readonly string[])[];
}

export interface OperationParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly node: DocumentNode;
}

/** The operations of a document's paths, in its order. Webhooks and callbacks are no operations of the API. */
export function collectOperations(document: JsonObject, report: Report): readonly Operation[] {
  const pathItems = childrenOf(rootOf(document)).filter(({ pointer }) =>
    pointer.startsWith("#/paths/"),
  );
  const taken = new Set<string>();
  return pathItems.flatMap((pathItem) => {
    const path = pathItem.names[0] ?? "";
    const resolved = resolveNode(document, pathItem) ?? pathItem;
    const children = childrenOf({ ...resolved, names: pathItem.names });
    const shared = children.filter(({ kind }) => kind === "parameter");
    const operations = children.filter(({ kind }) => kind === "operation");
    return operations.map((node) => readOperation(document, { path, node, shared, taken }, report));
  });
}

interface OperationSite {
  readonly path: string;
  readonly node: DocumentNode;
  readonly shared: readonly DocumentNode[];
  readonly taken: Set<string>;
}

function readOperation(document: JsonObject, site: OperationSite, report: Report): Operation {
  const { path, node, shared } = site;
  const method = node.pointer.slice(node.pointer.lastIndexOf("/") + 1);
  const children = childrenOf(node).map((child) => resolveNode(document, child) ?? child);
  const own = children.filter(({ kind }) => kind === "parameter");
  const parameters = new Map(
    [...shared.map((child) => resolveNode(document, child) ?? child), ...own].map((child) => [
      `${String(child.value["in"])} ${String(child.value["name"])}`,
      readParameter(child),
    ]),
  );
  const responses = children
    .filter(({ kind }) => kind === "response")
    .map((child) => [child.names.at(-1) ?? "", child] as const);
  const security = readSecurity(node.value["security"] ?? document["security"]);
  checkSecurity(document, security, node, report);
  return {
    operationId: claimOperationId(site, method, report),
    method: method.toUpperCase(),
    path,
    node,
    parameters: [...parameters.values()],
    requestBody: children.find(({ kind }) => kind === "requestBody"),
    responses: new Map(responses),
    security,
  };
}

function claimOperationId(
  { path, node, taken }: OperationSite,
  method: string,
  report: Report,
): string {
  const written = stringOf(node.value["operationId"]);
  const wanted = written ?? camelCase(method, path);
  let operationId = wanted;
  for (let count = 2; taken.has(operationId); count++) operationId = `${wanted}${count}`;
  taken.add(operationId);
  if (operationId !== written) {
    const message = `${method.toUpperCase()} ${path} has no operationId of its own, so it is called ${operationId}.`;
    report({ severity: "warning", ruleId: "operation-id", message, pointer: node.pointer });
  }
  return operationId;
}

function readParameter(node: DocumentNode): OperationParameter {
  const { name, in: location, required } = node.value;
  return { name: String(name), in: String(location), required: required === true, node };
}

function readSecurity(security: unknown): readonly (readonly string[])[] {
  if (!Array.isArray(security)) return [];
  return security.filter(isJsonObject).map((requirement) => Object.keys(requirement));
}

function checkSecurity(
  document: JsonObject,
  security: readonly (readonly string[])[],
  { pointer }: DocumentNode,
  report: Report,
): void {
  const { components } = document;
  const schemes = isJsonObject(components) ? components["securitySchemes"] : undefined;
  for (const name of new Set(security.flat())) {
    if (isJsonObject(schemes) && Object.hasOwn(schemes, name)) continue;
    const message = `there is no security scheme called ${name}.`;
    report({ severity: "warning", ruleId: "security-scheme", message, pointer });
  }
}

/** The media types of a request body or response, in the document's order. */
export function contentOf(
  node: DocumentNode | undefined,
): readonly (readonly [string, JsonObject])[] {
  return objectEntries(node?.value["content"]);
}

/** `200` → 200; `2XX` and `default` stay as they are. */
export function statusOf(status: string): number | string {
  return /^\d{3}$/.test(status) ? Number(status) : status;
}

/** The statuses of the responses that are successes: 2xx, or `default` where there is no 2xx. */
export function successStatuses({ responses }: Operation): readonly string[] {
  const statuses = [...responses.keys()];
  const successes = statuses.filter((status) => /^2(?:\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : statuses.filter((status) => status === "default");
}
