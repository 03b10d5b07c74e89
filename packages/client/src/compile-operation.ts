import type { Operation } from "./operation.ts";
import { encodePathParameter } from "./path-parameter.ts";
import { refuse } from "./refuse.ts";
import type { CheckAnswer } from "./validation.ts";
import type { OutgoingRequest } from "./transport/transport.ts";

/** The parameters of a call in one object: path, query and header parameters, and the `body`. */
export type OperationParameters = Readonly<Record<string, unknown>>;

/** Prepares an operation once, so that a call only fills in its parameters. */
export function compileOperation(
  operation: Operation,
  baseUrl: string,
  check?: CheckAnswer,
): (parameters: OperationParameters) => OutgoingRequest {
  const method = operation.method.toUpperCase();
  // A literal, and then by turns the name of a parameter and what follows it.
  const [beginning = "", ...parts] = (baseUrl + operation.path).split(/\{([^{}]+)\}/);
  const others = operation.parameters.filter((parameter) => parameter.in !== "path");
  // An object with more than the parameters may be passed; its `body` is one only where there is one.
  const hasBody = operation.requestBody !== undefined && operation.requestBody !== null;
  return (parameters) => {
    let url = beginning;
    // This runs with every call: the entries of an array would be an object each.
    for (let index = 0; index < parts.length; index += 2) {
      const name = parts[index] ?? "";
      url += encodePathParameter(name, parameters[name]) + (parts[index + 1] ?? "");
    }
    if (others.length === 0 && !hasBody) return { method, url, check };
    const body = hasBody ? parameters["body"] : undefined;
    return { method, check, ...withOthers(url, others, parameters, body) };
  };
}

function withOthers(
  path: string,
  others: Operation["parameters"],
  parameters: OperationParameters,
  body: unknown,
): Pick<OutgoingRequest, "url" | "headers" | "body"> {
  const query: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  for (const { name, in: place, required } of others) {
    const value = parameters[name];
    if (value === undefined || value === null) {
      if (required) refuse(name, `The parameter \`${name}\` is missing.`);
    } else if (place === "query") {
      query[name] = value;
    } else if (place === "header") {
      headers[name.toLowerCase()] = typeof value === "string" ? value : JSON.stringify(value);
    }
  }
  const search = serializeQuery(query);
  const url = search === "" ? path : `${path}?${search}`;
  if (body === undefined) return { url, headers };
  headers["content-type"] = "application/json";
  return { url, headers, body: JSON.stringify(body) };
}

/** OpenAPI's default for query parameters: `form`, with a pair for each item of an array. */
function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      [value].flat().map((item) => `${name}=${encodeURIComponent(String(item))}`),
    )
    .join("&");
}
