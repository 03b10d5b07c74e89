import { isJsonMediaType, parameterStyle, readContent } from "@qontext/sync-log-document";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { allowedTypes } from "../json-types.ts";
import type { JsonType } from "../json-types.ts";
import type { NamedParameter } from "../name-methods.ts";
import { propertyKey } from "../names.ts";
import type { Report } from "../problem.ts";

/** Notes that generated code calls a function of the client, and gives its name. */
export type UsePart = (name: string) => string;

/** What writes parameters. */
export interface ParameterContext {
  readonly document: OpenApiDocument;
  /** A function that no operation uses is not imported, so that no bundle has it. */
  readonly use: UsePart;
  /** Is told of what OpenAPI does not define. */
  readonly report: Report;
}

/** The delimiters of the styles that write all items in one pair; in a URL they are encoded. */
const delimiters: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/** The call that gives the query, or nothing where there is none. */
export function emitQuery(
  parameters: readonly NamedParameter[],
  context: ParameterContext,
): string | undefined {
  if (parameters.length === 0) return undefined;
  const plain = parameters.filter(isPlain);
  const others = parameters.filter((one) => !isPlain(one)).map((one) => emitStyled(one, context));
  const values = emitValues(plain, encodeURIComponent);
  const required = requiredNames(plain, encodeURIComponent);
  const args =
    others.length > 0
      ? [values, JSON.stringify(required), `[${others.join(", ")}]`]
      : withRequired(values, required);
  return `${context.use("searchOf")}(${args.join(", ")})`;
}

/** OpenAPI's default for a query. */
function isPlain(parameter: NamedParameter): boolean {
  const { style, isExploded } = parameterStyle(parameter);
  const { allowReserved, content } = parameter.node.value;
  return style === "form" && isExploded && allowReserved !== true && content === undefined;
}

function emitStyled(parameter: NamedParameter, context: ParameterContext): string {
  const { use } = context;
  const { name, isRequired, node } = parameter;
  const key = JSON.stringify(encodeURIComponent(name));
  const member = memberOf(parameter);
  const value = isRequired ? `${use("given")}(${JSON.stringify(name)}, ${member})` : member;
  const encode = node.value["allowReserved"] === true ? [use("encodeReserved")] : [];
  if (node.value["content"] !== undefined) {
    const text = emitContent(parameter, value, context);
    return `${use("exploded")}(${[key, text, ...encode].join(", ")})`;
  }
  const { style, isExploded } = parameterStyle(parameter);
  const call = emitStyle(style, isExploded, { key, value, encode, use });
  if (call !== undefined) return call;
  refuseStyle(parameter, context, "in a query");
  return '""';
}

interface StyledValue {
  readonly key: string;
  readonly value: string;
  readonly encode: readonly string[];
  readonly use: UsePart;
}

/** The call that writes a value in a style of queries and forms; nothing for one that OpenAPI does not define. */
export function emitStyle(
  style: string,
  isExploded: boolean,
  { key, value, encode, use }: StyledValue,
): string | undefined {
  if (style === "deepObject") return `${use("deepObject")}(${[key, value, ...encode].join(", ")})`;
  if (style === "form" && isExploded) {
    return `${use("exploded")}(${[key, value, ...encode].join(", ")})`;
  }
  const delimiter = Object.hasOwn(delimiters, style) ? delimiters[style] : undefined;
  if (delimiter === undefined || isExploded) return undefined;
  const args = [key, value, JSON.stringify(delimiter), ...encode];
  return `${use("delimited")}(${args.join(", ")})`;
}

/** The value of a parameter that has `content` in place of a schema, as text. */
function emitContent(parameter: NamedParameter, value: string, context: ParameterContext): string {
  const [{ mediaType } = { mediaType: "" }] = readContent(parameter.node);
  if (isJsonMediaType(mediaType)) return `${context.use("jsonText")}(${value})`;
  if (mediaType !== "text/plain") refuseStyle(parameter, context, `as ${mediaType}`);
  return value;
}

/** The header parameters and the cookies, as entries of a literal. */
export function emitHeaders(
  headers: readonly NamedParameter[],
  cookies: readonly NamedParameter[],
  context: ParameterContext,
): string | undefined {
  for (const one of headers) {
    if (parameterStyle(one).style !== "simple") refuseStyle(one, context, "in a header");
  }
  for (const one of cookies) {
    if (parameterStyle(one).style !== "form") refuseStyle(one, context, "in a cookie");
  }
  const values = (parameters: readonly NamedParameter[], encode: (name: string) => string) =>
    emitValues(parameters, encode, (one, value) =>
      one.node.value["content"] === undefined ? value : emitContent(one, value, context),
    );
  const exploded = headers.filter((one) => parameterStyle(one).isExploded).map((one) => one.name);
  const headerNames = requiredNames(headers);
  const headerArgs =
    exploded.length > 0
      ? [JSON.stringify(headerNames), JSON.stringify(exploded)]
      : withRequired("", headerNames).slice(1);
  const inOne = cookies.filter((one) => !parameterStyle(one).isExploded);
  const cookieValues = values(cookies, encodeURIComponent);
  const cookieNames = requiredNames(cookies, encodeURIComponent);
  const joinedNames = inOne.map((one) => encodeURIComponent(one.name));
  const cookieArgs =
    inOne.length > 0
      ? [cookieValues, JSON.stringify(cookieNames), JSON.stringify(joinedNames)]
      : withRequired(cookieValues, cookieNames);
  const calls = [
    ...(headers.length === 0
      ? []
      : [`${context.use("headersOf")}(${[values(headers, String), ...headerArgs].join(", ")})`]),
    ...(cookies.length === 0 ? [] : [`${context.use("cookiesOf")}(${cookieArgs.join(", ")})`]),
  ];
  return calls.length > 1 ? `{ ${calls.map((call) => `...${call}`).join(", ")} }` : calls[0];
}

/** The call that gives a path parameter, encoded. */
export function emitPathValue(parameter: NamedParameter, context: ParameterContext): string {
  const { name, node } = parameter;
  const { style, isExploded } = parameterStyle(parameter);
  const key = JSON.stringify(name);
  const member = memberOf(parameter);
  if (node.value["content"] !== undefined) {
    const text = emitContent(parameter, member, context);
    return `${context.use("encodePathValue")}(${key}, ${text})`;
  }
  const isText = typesOf(parameter, context).join() === "string";
  if (style === "simple" && isText)
    return `${context.use("encodePathParameter")}(${key}, ${member})`;
  if (!["simple", "label", "matrix"].includes(style)) refuseStyle(parameter, context, "in a path");
  const options = isExploded ? [JSON.stringify(style), "true"] : [JSON.stringify(style)];
  const args = [key, member, ...(style === "simple" && !isExploded ? [] : options)];
  return `${context.use("encodePathValue")}(${args.join(", ")})`;
}

/** `params?.limit`, or `params?.["X-Trace"]`: JavaScript may pass nothing, and is told which parameter is missing. */
export function memberOf({ member }: Pick<NamedParameter, "member">): string {
  const key = propertyKey(member);
  return key.startsWith('"') ? `params?.[${key}]` : `params?.${key}`;
}

function typesOf(
  { schemaPointer }: NamedParameter,
  { document }: ParameterContext,
): readonly JsonType[] {
  if (schemaPointer === undefined) return ["string"];
  const resolve = (reference: string): unknown => document.at(reference);
  return allowedTypes(document.at(schemaPointer), { resolve, implied: true });
}

function emitValues(
  parameters: readonly NamedParameter[],
  encode: (name: string) => string,
  write: (parameter: NamedParameter, value: string) => string = (_, value) => value,
): string {
  const entries = parameters.map(
    (one) => `${propertyKey(encode(one.name))}: ${write(one, memberOf(one))}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function requiredNames(
  parameters: readonly NamedParameter[],
  encode: (name: string) => string = String,
): readonly string[] {
  return parameters.filter(({ isRequired }) => isRequired).map(({ name }) => encode(name));
}

function withRequired(values: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [values] : [values, JSON.stringify(names)];
}

function refuseStyle(parameter: NamedParameter, { report }: ParameterContext, where: string): void {
  const { name, node } = parameter;
  const { style, isExploded } = parameterStyle(parameter);
  const how =
    node.value["content"] === undefined ? ` with style ${style} and explode ${isExploded}` : "";
  const message = `OpenAPI does not define how ${JSON.stringify(name)} is written ${where}${how}; give it another.`;
  report({ severity: "error", ruleId: "parameter-style", message, pointer: node.pointer });
}
