import { readFile } from "node:fs/promises";
import type { Answer, MockRequest } from "../http/answer.ts";
import { splitTarget } from "../http/serve-resource.ts";
import { createSchemaCompiler } from "../spec/body-check.ts";
import type { SchemaCompiler } from "../spec/body-check.ts";
import { isJsonObject } from "../spec/json.ts";
import type { JsonObject } from "../spec/json.ts";
import { loadSpec } from "../spec/load-spec.ts";
import { matchPath, readPaths } from "../spec/read-paths.ts";
import type { ApiPath, Operation } from "../spec/read-paths.ts";
import { resolveRef } from "../spec/resolve-ref.ts";
import { BodyError, ControlError, FaultError, ScenarioError } from "../errors.ts";
import * as operations from "./control-operations.ts";
import type { ControlContext } from "./control-operations.ts";

/** Where the control interface is served. */
export const controlPrefix = "/_mock/api";

/** The document that describes the control interface. */
export const controlDocumentUrl: URL = new URL("../../control-api.openapi.yaml", import.meta.url);

interface ControlDocument {
  readonly text: string;
  readonly document: JsonObject;
  readonly paths: readonly ApiPath[];
  readonly compiler: SchemaCompiler;
}

/** Serves the control interface: routes and bodies are those of its own document. */
export function createControlApi(
  context: ControlContext,
): (request: MockRequest) => Promise<Answer> {
  let loading: Promise<ControlDocument> | undefined;
  return async (request) => {
    try {
      loading ??= loadControlDocument();
      return await dispatch(await loading, context, request);
    } catch (error) {
      return problemAnswer(error);
    }
  };
}

async function loadControlDocument(): Promise<ControlDocument> {
  const [text, document] = await Promise.all([
    readFile(controlDocumentUrl, "utf8"),
    loadSpec(controlDocumentUrl),
  ]);
  return { text, document, paths: readPaths(document), compiler: createSchemaCompiler(document) };
}

async function dispatch(
  { text, document, paths, compiler }: ControlDocument,
  context: ControlContext,
  request: MockRequest,
): Promise<Answer> {
  const { path, query } = splitTarget(request.target);
  const match = matchPath(paths, path.slice(controlPrefix.length));
  if (match === undefined) {
    throw new ControlError(
      404,
      "mock_not_found",
      `There is nothing at ${path}; ${controlPrefix}/openapi.yaml says what there is.`,
    );
  }
  const operation = match.path.operations.get(request.method.toLowerCase());
  if (operation === undefined) {
    const allow = [...match.path.operations.keys()].join(", ").toUpperCase();
    throw new ControlError(405, "mock_method", `${path} takes ${allow}.`, { allow });
  }
  if (operation.id === "getControlDocument") {
    return { status: 200, headers: { "content-type": "application/yaml" }, body: text };
  }
  const body = readBody(document, compiler, match.path, operation, request);
  const perform = Object.entries(operations).find(([name]) => name === operation.id)?.[1];
  if (perform === undefined) throw new Error(`${operation.id} is documented but does not exist.`);
  // The control document has checked the body; a test holds every operation to it.
  const call = { path: match.values, query, body };
  const result: unknown = Reflect.apply(perform, undefined, [context, call]);
  return jsonAnswer(successStatus(operation), result);
}

function readBody(
  document: JsonObject,
  compiler: SchemaCompiler,
  path: ApiPath,
  operation: Operation,
  request: MockRequest,
): unknown {
  const requestBody = resolveRef(document, operation.node["requestBody"]);
  if (Object.keys(requestBody).length === 0) return undefined;
  if (request.body === "" && requestBody["required"] !== true) return undefined;
  const body = parseJson(request.body);
  const escaped = path.template.replaceAll("/", "~1");
  const validate = compiler.compile(
    `#/paths/${escaped}/${operation.method}/requestBody/content/application~1json/schema`,
  );
  if (validate(body)) return body;
  const [first] = validate.errors ?? [];
  const where = first?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  const extra: unknown = first?.params["additionalProperty"];
  const what = `${first?.message ?? "is not valid"}${typeof extra === "string" ? `: ${extra}` : ""}`;
  throw new ControlError(400, "mock_control", `${where === "" ? "The body" : where} ${what}.`);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ControlError(400, "mock_control", "The body must be JSON.");
  }
}

function successStatus(operation: Operation): number {
  const { responses } = operation.node;
  const codes = isJsonObject(responses) ? Object.keys(responses) : [];
  return Number(codes.find((code) => code.startsWith("2")) ?? 200);
}

function jsonAnswer(status: number, value: unknown): Answer {
  if (value === undefined) return { status: 204, headers: {}, body: "" };
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers, body: JSON.stringify(value) };
}

function problemAnswer(error: unknown): Answer {
  if (error instanceof ControlError) {
    const { status, code, message, headers } = error;
    const answer = jsonAnswer(status, { code, message });
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  if (error instanceof BodyError) {
    const { code, message, rules } = error;
    return jsonAnswer(400, { code, message, rules });
  }
  if (error instanceof ScenarioError || error instanceof FaultError) {
    return jsonAnswer(400, { code: error.code, message: error.message });
  }
  const message = error instanceof Error ? error.message : String(error);
  return jsonAnswer(500, { code: "mock_bug", message });
}
