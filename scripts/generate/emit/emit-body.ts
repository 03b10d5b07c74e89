import { isJsonMediaType, jsonContent, objectMembers } from "@qontext/sync-log-document";
import type { MediaType } from "@qontext/sync-log-document";
import type { NamedOperation } from "../name-operations.ts";
import { propertyKey } from "../names.ts";
import { emitStyle } from "./emit-parameters.ts";
import type { ParameterContext } from "./emit-parameters.ts";

/** How a body is sent. */
type BodyKind = "json" | "form" | "multipart" | "raw";

/** The media type in which a body is sent: of several that of JSON, else the first. */
export function sentContent({ requestBody }: NamedOperation): MediaType | undefined {
  return requestBody && (jsonContent(requestBody) ?? requestBody.content[0]);
}

/** The type of what a method takes as its body, made of the type that the document has for it. */
export function bodyType(
  { mediaType }: MediaType,
  documented: string,
  importType: (name: string) => string,
): string {
  const kind = bodyKind(mediaType);
  if (kind === "multipart") return `${importType("MultipartBody")}<${documented}>`;
  return kind === "raw" ? importType("RawBody") : documented;
}

/** The call that adds the body to a request. */
export function emitBody(
  operation: NamedOperation,
  request: string,
  context: ParameterContext,
): string {
  const content = sentContent(operation);
  if (content === undefined) return request;
  const { mediaType } = content;
  const { use } = context;
  const kind = bodyKind(mediaType);
  if (kind === "json") {
    const type = mediaType === "application/json" ? "" : `, ${JSON.stringify(mediaType)}`;
    return `${use("withJson")}(${request}, params?.body${type})`;
  }
  if (kind === "raw") {
    if (mediaType.includes("*")) refuseMediaType(content, context);
    return `${use("withRaw")}(${request}, params?.body, ${JSON.stringify(mediaType)})`;
  }
  const fields = kind === "form" ? formStyles(content, context) : partTypes(content);
  const table = fields.length === 0 ? "" : `, { ${fields.join(", ")} }`;
  return `${use(kind === "form" ? "withForm" : "withMultipart")}(${request}, params?.body${table})`;
}

function bodyKind(mediaType: string): BodyKind {
  if (isJsonMediaType(mediaType)) return "json";
  const [essence = ""] = mediaType.toLowerCase().split(";");
  if (essence === "application/x-www-form-urlencoded") return "form";
  return essence === "multipart/form-data" ? "multipart" : "raw";
}

/** For each field with a style of its own what writes it. */
function formStyles(content: MediaType, { use, report }: ParameterContext): readonly string[] {
  return objectMembers(content.value["encoding"]).flatMap(([name, encoding]) => {
    const { style: written, explode, allowReserved, contentType } = encoding;
    const encode = allowReserved === true ? [use("encodeReserved")] : [];
    const styled = [written, explode, allowReserved].some((value) => value !== undefined);
    if (!styled) {
      if (typeof contentType !== "string" || !isJsonMediaType(contentType)) return [];
      const call = `${use("exploded")}(name, ${use("jsonText")}(value))`;
      return [`${propertyKey(name)}: (name, value) => ${call}`];
    }
    const style = typeof written === "string" ? written : "form";
    const isExploded = typeof explode === "boolean" ? explode : style === "form";
    const call = emitStyle(style, isExploded, { key: "name", value: "value", encode, use });
    if (call !== undefined) return [`${propertyKey(name)}: (name, value) => ${call}`];
    const message = `OpenAPI does not define how the field ${JSON.stringify(name)} is written with style ${style} and explode ${isExploded}; give it another.`;
    report({ severity: "error", ruleId: "encoding-style", message, pointer: content.pointer });
    return [];
  });
}

/** The media type of each part that has one; of several the first. */
function partTypes({ value }: MediaType): readonly string[] {
  return objectMembers(value["encoding"]).flatMap(([name, { contentType }]) => {
    const [type = ""] = typeof contentType === "string" ? contentType.split(/\s*,\s*/) : [];
    const isNamed = type !== "" && !type.includes("*");
    return isNamed ? [`${propertyKey(name)}: ${JSON.stringify(type)}`] : [];
  });
}

function refuseMediaType({ mediaType, pointer }: MediaType, { report }: ParameterContext): void {
  const message = `a body of ${mediaType} cannot be sent: name one media type.`;
  report({ severity: "error", ruleId: "media-type", message, pointer });
}
