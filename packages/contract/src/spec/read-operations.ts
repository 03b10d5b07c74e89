import type { CompiledInvariants } from "@qontext/sync-log-rules";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject, jsonPointer } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import type {
  DocumentedResponse,
  Operation,
  Parameter,
  ParameterPlace,
  ResponseContent,
  ResponseHeader,
} from "./operation.ts";
import { readSecurity } from "./read-security.ts";
import type { Located } from "./resolve-reference.ts";
import { resolveReference } from "./resolve-reference.ts";

/** Compiles the `x-invariants` at a place of the document, if there are any. */
export type CompileRulesAt = (pointer: string) => CompiledInvariants | undefined;

/** The GET operations of a document, in its order. */
export function readOperations(
  document: OpenApiDocument,
  compileRulesAt: CompileRulesAt,
): readonly Operation[] {
  const paths = document["paths"];
  if (!isJsonObject(paths)) return [];
  return Object.keys(paths).flatMap((path) => {
    const item = resolveReference(document, jsonPointer(["paths", path]));
    const get = item?.value["get"];
    if (item === undefined || !isJsonObject(get)) return [];
    const pointer = `${item.pointer}/get`;
    const operationId = get["operationId"];
    const security = readSecurity(document, get["security"] ?? document["security"]);
    const operation: Operation = {
      id: typeof operationId === "string" ? operationId : `GET ${path}`,
      path,
      pointer,
      parameters: readParameters(document, item, { pointer, value: get }),
      responses: readResponses(document, pointer, compileRulesAt),
      ...(security === undefined ? {} : { security }),
    };
    return [operation];
  });
}

function readParameters(
  document: OpenApiDocument,
  item: Located,
  operation: Located,
): readonly Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const owner of [item, operation]) {
    const list = owner.value["parameters"];
    if (!Array.isArray(list)) continue;
    for (const index of list.keys()) {
      const located = resolveReference(document, `${owner.pointer}/parameters/${index}`);
      const parameter = located === undefined ? undefined : readParameter(document, located);
      if (parameter !== undefined) byKey.set(`${parameter.place} ${parameter.name}`, parameter);
    }
  }
  return [...byKey.values()];
}

const places: ReadonlySet<unknown> = new Set<ParameterPlace>(["path", "query", "header", "cookie"]);

function isPlace(value: unknown): value is ParameterPlace {
  return places.has(value);
}

function readParameter(document: OpenApiDocument, { pointer, value }: Located): Parameter {
  const { name, in: place } = value;
  if (typeof name !== "string" || !isPlace(place)) {
    throw new CouldNotJudgeError(
      "bad_spec",
      `The parameter at ${pointer} has no name, or no place that is known.`,
    );
  }
  const schemaPointer = `${pointer}/schema`;
  const schema = resolveReference(document, schemaPointer);
  const isRequired = place === "path" || value["required"] === true;
  const examples = readExamples(document, pointer, value, schema?.value);
  return { name, place, isRequired, examples, ...(schema === undefined ? {} : { schemaPointer }) };
}

function readExamples(
  document: OpenApiDocument,
  pointer: string,
  parameter: Located["value"],
  schema: Located["value"] | undefined,
): readonly string[] {
  const values: unknown[] = [parameter["example"]];
  if (isJsonObject(parameter["examples"])) {
    for (const name of Object.keys(parameter["examples"])) {
      values.push(
        resolveReference(document, `${pointer}/examples${jsonPointer([name])}`)?.value["value"],
      );
    }
  }
  if (schema !== undefined) {
    values.push(schema["example"]);
    if (Array.isArray(schema["examples"])) values.push(...schema["examples"]);
    values.push(schema["default"], schema["const"]);
    if (Array.isArray(schema["enum"])) values.push(schema["enum"][0]);
  }
  return [...new Set(values.flatMap(parameterText))];
}

/** A value as a parameter carries it; lists in the simple style. Objects have too many styles to guess. */
function parameterText(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    const parts = value.flatMap(parameterText);
    return parts.length === value.length && parts.length > 0 ? [parts.join(",")] : [];
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [String(value)]
    : [];
}

function readResponses(
  document: OpenApiDocument,
  operationPointer: string,
  compileRulesAt: CompileRulesAt,
): readonly DocumentedResponse[] {
  const owner = resolveReference(document, `${operationPointer}/responses`);
  return Object.keys(owner?.value ?? {}).flatMap((key) => {
    if (key.startsWith("x-")) return [];
    const located = resolveReference(
      document,
      `${operationPointer}/responses${jsonPointer([key])}`,
    );
    if (located === undefined) return [];
    const invariants = compileRulesAt(located.pointer);
    const response: DocumentedResponse = {
      key,
      pointer: located.pointer,
      content: readContent(located),
      headers: readHeaders(document, located),
      ...(invariants === undefined ? {} : { invariants }),
    };
    return [response];
  });
}

function readContent({ pointer, value }: Located): readonly ResponseContent[] {
  const { content } = value;
  if (!isJsonObject(content)) return [];
  return Object.entries(content).map(([mediaType, media]) => {
    const hasSchema = isJsonObject(media) && media["schema"] !== undefined;
    const schemaPointer = `${pointer}/content${jsonPointer([mediaType])}/schema`;
    return { mediaType, ...(hasSchema ? { schemaPointer } : {}) };
  });
}

function readHeaders(document: OpenApiDocument, response: Located): readonly ResponseHeader[] {
  const { headers } = response.value;
  if (!isJsonObject(headers)) return [];
  return Object.keys(headers).flatMap((name) => {
    const located = resolveReference(document, `${response.pointer}/headers${jsonPointer([name])}`);
    // OpenAPI: a response header named Content-Type is ignored, the media types say it.
    if (located === undefined || name.toLowerCase() === "content-type") return [];
    const { pointer, value } = located;
    const schema = value["schema"] === undefined ? {} : { schemaPointer: `${pointer}/schema` };
    return [{ name, isRequired: value["required"] === true, pointer, ...schema }];
  });
}
