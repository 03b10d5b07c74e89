import { readFile } from "node:fs/promises";
import type { Operation, PathMatcher, SchemaRegistry } from "@qontext/sync-log-document";
import {
  createPathMatcher,
  createSchemaRegistry,
  jsonContent,
  loadDocument,
  successResponses,
} from "@qontext/sync-log-document";
import { BodyError, ControlError, MockError } from "../errors.ts";
import type { Answer, MockRequest } from "../http/answer.ts";
import { describeSchemaError } from "../lifecycle/body-check.ts";
import type { ControlContext } from "./control-operations.ts";
import * as operations from "./control-operations.ts";

/** Where the control interface is served. */
export const controlPrefix = "/_mock/api";

/** The document that describes the control interface. */
export const controlDocumentUrl: URL = new URL("../../control-api.openapi.yaml", import.meta.url);

interface ControlDocument {
  readonly text: string;
  readonly matchPath: PathMatcher<Operation>;
  readonly schemas: SchemaRegistry;
}

/** Serves the control interface: routes and bodies are those of its own document. */
export function createControlApi(
  context: ControlContext,
): (request: MockRequest) => Promise<Answer> {
  let loading: Promise<ControlDocument> | undefined;
  return async (request) => {
    try {
      loading ??= loadControlDocument();
      return dispatch(await loading, context, request);
    } catch (error) {
      return problemAnswer(error);
    }
  };
}

async function loadControlDocument(): Promise<ControlDocument> {
  const document = await loadDocument(controlDocumentUrl);
  return {
    text: await readFile(controlDocumentUrl, "utf8"),
    matchPath: createPathMatcher(document.operations),
    schemas: createSchemaRegistry(document, { direction: "request" }),
  };
}

function dispatch(control: ControlDocument, context: ControlContext, request: MockRequest): Answer {
  const { path, query } = request;
  const match = control.matchPath(path.slice(controlPrefix.length));
  if (match === undefined) {
    const message = `Unknown path ${path}; see ${controlPrefix}/openapi.yaml.`;
    throw new ControlError(404, "mock_not_found", message);
  }
  // HEAD is answered as GET.
  const asked = request.method === "HEAD" ? "GET" : request.method;
  const operation = match.places.find(({ method }) => method === asked);
  if (operation === undefined) {
    const methods = match.places.map(({ method }) => method);
    const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : [])].join(", ");
    throw new ControlError(405, "mock_method", `${path} accepts ${allow}.`, { allow });
  }
  if (operation.id === "getControlDocument") {
    return { status: 200, headers: { "content-type": "application/yaml" }, body: control.text };
  }
  const perform = Object.entries(operations).find(([name]) => name === operation.id)?.[1];
  if (perform === undefined) throw new Error(`${operation.id} is documented but does not exist.`);
  // The control document has checked the body; a test checks every operation against it.
  const body = readBody(control.schemas, operation, request.body);
  const origin = `http://${request.headers["host"] ?? "localhost"}`;
  const call = { path: match.parameters, query, body, origin };
  const result: unknown = Reflect.apply(perform, undefined, [context, call]);
  const [success] = successResponses(operation);
  return jsonAnswer(Number(success?.status ?? 200), result);
}

function readBody(schemas: SchemaRegistry, { requestBody }: Operation, text: string): unknown {
  const pointer = requestBody && jsonContent(requestBody)?.schemaPointer;
  if (pointer === undefined) return undefined;
  if (text === "" && requestBody?.node.value["required"] !== true) return undefined;
  const body = parseJson(text);
  const [error] = schemas.validate(pointer, body);
  if (error === undefined) return body;
  throw new ControlError(400, "mock_control", describeSchemaError(error));
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ControlError(400, "mock_control", "The body must be JSON.");
  }
}

function jsonAnswer(status: number, value: unknown): Answer {
  if (value === undefined) return { status: 204, headers: {}, body: "" };
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers, body: JSON.stringify(value) };
}

function problemAnswer(error: unknown): Answer {
  if (!(error instanceof MockError)) {
    const message = error instanceof Error ? error.message : String(error);
    return jsonAnswer(500, { code: "mock_bug", message });
  }
  const { code, message } = error;
  const status = error instanceof ControlError ? error.status : 400;
  const rules = error instanceof BodyError ? { rules: error.rules } : {};
  const answer = jsonAnswer(status, { code, message, ...rules });
  const headers = error instanceof ControlError ? error.headers : {};
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
