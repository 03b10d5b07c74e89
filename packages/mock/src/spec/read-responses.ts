import { isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { resolveRef } from "./resolve-ref.ts";

/** A named example of a response. */
export interface NamedExample {
  readonly name: string;
  readonly value: JsonValue;
}

/** The JSON content of a response. */
export interface JsonContent {
  readonly mediaType: string;
  readonly schema: JsonObject;
  readonly examples: readonly NamedExample[];
}

/** The JSON content of a response; `undefined` for a response without any. */
export function jsonContent(
  document: JsonObject,
  response: JsonValue | undefined,
): JsonContent | undefined {
  const { content } = resolveRef(document, response);
  if (!isJsonObject(content)) return undefined;
  const found = Object.entries(content).find(([mediaType]) => /[/+]json\b/i.test(mediaType));
  if (found === undefined || !isJsonObject(found[1])) return undefined;
  const [mediaType, media] = found;
  return {
    mediaType,
    schema: resolveRef(document, media["schema"]),
    examples: readExamples(document, media),
  };
}

function readExamples(document: JsonObject, media: JsonObject): readonly NamedExample[] {
  if (media["example"] !== undefined) return [{ name: "example", value: media["example"] }];
  const { examples } = media;
  if (!isJsonObject(examples)) return [];
  return Object.entries(examples).flatMap(([name, example]) => {
    const { value } = resolveRef(document, example);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** JSON pointer of the schema of an operation's response; `undefined` if it has none. */
export function pointerTo(
  document: JsonObject,
  path: string,
  method: string,
  range: string,
): string | undefined {
  const paths = resolveRef(document, document["paths"]);
  const item = resolveRef(document, paths[path]);
  const operation = resolveRef(document, item[method]);
  const responses = resolveRef(document, operation["responses"]);
  const response = responses[range];
  const content = jsonContent(document, response);
  if (content === undefined) return undefined;
  const reference = isJsonObject(response) ? response["$ref"] : undefined;
  const itemReference = isJsonObject(paths[path]) ? paths[path]["$ref"] : undefined;
  const itemPointer =
    typeof itemReference === "string" ? itemReference : `#/paths/${escapeSegment(path)}`;
  const base =
    typeof reference === "string" ? reference : `${itemPointer}/${method}/responses/${range}`;
  return `${base}/content/${escapeSegment(content.mediaType)}/schema`;
}

function escapeSegment(text: string): string {
  return text.replaceAll("~", "~0").replaceAll("/", "~1");
}
