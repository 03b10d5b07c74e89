import type { SpecExample } from "./collect-examples.ts";
import { collectExamples } from "./collect-examples.ts";
import type { JsonObject, SpecModel } from "./spec-model.ts";
import { isJsonObject, joinPointer, resolve } from "./spec-model.ts";

/** A response of an operation, with the examples of its JSON body. */
export interface SpecResponse {
  /** The operationId, or `GET /the/{path}`. */
  readonly operation: string;
  /** As it is written: `200`, `5XX` or `default`. */
  readonly status: string;
  /** Where the response is named under its operation. */
  readonly pointer: string;
  /** Where it is defined. */
  readonly definition: string;
  readonly examples: readonly SpecExample[];
  /** For each path parameter the values that the document gives as its examples. */
  readonly pathParameters: ReadonlyMap<string, readonly unknown[]>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Every response of every operation. */
export function collectResponses(model: SpecModel): readonly SpecResponse[] {
  const { document } = model;
  const { examples } = collectExamples(model);
  const responses: SpecResponse[] = [];
  for (const [path, item] of Object.entries(asObject(document["paths"]))) {
    const pathItem = resolve(document, item, joinPointer("#/paths", path));
    for (const method of methods) {
      const operation = pathItem?.value[method];
      if (pathItem === undefined || !isJsonObject(operation)) continue;
      const at = joinPointer(pathItem.pointer, method);
      const { operationId } = operation;
      const shared = {
        operation:
          typeof operationId === "string" ? operationId : `${method.toUpperCase()} ${path}`,
        pathParameters: new Map([
          ...pathParameters(model, examples, pathItem.value, pathItem.pointer),
          ...pathParameters(model, examples, operation, at),
        ]),
      };
      for (const [status, response] of Object.entries(asObject(operation["responses"]))) {
        const pointer = joinPointer(at, "responses", status);
        const definition = resolve(document, response, pointer);
        if (definition === undefined) continue;
        const json = jsonContent(definition.value, definition.pointer);
        responses.push({
          ...shared,
          status,
          pointer,
          definition: definition.pointer,
          examples: examples.filter(({ owner }) => owner === json),
        });
      }
    }
  }
  return responses;
}

/** The statuses that a response may have: one, a hundred for a range, all that are no success for `default`. */
export function possibleStatuses({ status }: SpecResponse): readonly [number, ...number[]] {
  const range = /^([1-5])XX$/i.exec(status)?.[1];
  if (range !== undefined) return countFrom(Number(range) * 100, 100);
  return status === "default" ? countFrom(400, 200) : [Number(status)];
}

function countFrom(first: number, count: number): readonly [number, ...number[]] {
  return [first, ...Array.from({ length: count - 1 }, (_, index) => first + index + 1)];
}

/** Where the JSON media type of a response stands. */
function jsonContent(response: JsonObject, pointer: string): string | undefined {
  const mediaTypes = Object.keys(asObject(response["content"]));
  const json = mediaTypes.find((mediaType) => /[/+]json\b/i.test(mediaType));
  return json === undefined ? undefined : joinPointer(pointer, "content", json);
}

function pathParameters(
  model: SpecModel,
  examples: readonly SpecExample[],
  owner: JsonObject,
  pointer: string,
): readonly (readonly [string, readonly unknown[]])[] {
  const list: readonly unknown[] = Array.isArray(owner["parameters"]) ? owner["parameters"] : [];
  return list.flatMap((item, index) => {
    const parameter = resolve(model.document, item, joinPointer(pointer, "parameters", index));
    if (parameter?.value["in"] !== "path") return [];
    const schemaAt = joinPointer(parameter.pointer, "schema");
    const schema = resolve(model.document, parameter.value["schema"], schemaAt);
    const owners = new Set([parameter.pointer, schemaAt, schema?.pointer]);
    const values = examples.filter((example) => owners.has(example.owner));
    return [[String(parameter.value["name"]), values.map(({ value }) => value)] as const];
  });
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
