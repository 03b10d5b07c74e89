import { Buffer } from "node:buffer";
import type { Credential } from "@qontext/sync-log-document";
import { fillTemplate, successResponses } from "@qontext/sync-log-document";
import type { WireRequest } from "../wire/wire-request.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";

/** What makes a request differ from the plain one for its parameters. */
export interface RequestVariation {
  readonly method?: string;
  /** Path segments as they are sent, by parameter, instead of the encoded value. */
  readonly rawSegments?: ParameterValues;
  /** Follows the path as it is. */
  readonly pathEnd?: string;
  /** The key that is sent; `undefined` sends none. @default the caller's own */
  readonly key?: string | undefined;
  /** Appended to the query as it is. */
  readonly rawQuery?: string;
  /** Additional headers; an undefined value removes a plain one. */
  readonly headers?: readonly (readonly [name: string, value: string | undefined])[];
}

/** The request for a set of parameters, varied. */
export function buildRequest(
  input: PlanInput,
  parameters: ParameterValues,
  variation: RequestVariation = {},
): WireRequest {
  const { operation, basePath } = input;
  const { rawSegments, pathEnd = "" } = variation;
  const path = `${fillTemplate(operation.path, parameters, rawSegments)}${pathEnd}`;
  const query: string[] = [];
  const headers: [string, string][] = [["Accept", acceptedTypes(input)]];
  const cookies: string[] = [];
  for (const { name, in: place } of operation.parameters) {
    const value = parameters[name];
    if (value === undefined || place === "path") continue;
    if (place === "query") query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    if (place === "header") headers.push([name, value]);
    if (place === "cookie") cookies.push(`${name}=${encodeURIComponent(value)}`);
  }
  const key = "key" in variation ? variation.key : input.key;
  if (input.credential !== undefined && key !== undefined)
    placeKey(input.credential, key, { query, headers, cookies });
  if (variation.rawQuery !== undefined) query.push(variation.rawQuery);
  if (cookies.length > 0) headers.push(["Cookie", cookies.join("; ")]);
  const target = `${basePath}${path}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  return {
    method: variation.method ?? "GET",
    target,
    headers: varyHeaders(headers, variation.headers ?? []),
  };
}

interface Places {
  readonly query: string[];
  readonly headers: [string, string][];
  readonly cookies: string[];
}

function placeKey(credential: Credential, key: string, { query, headers, cookies }: Places): void {
  const { in: place, scheme, parameter } = credential;
  if (place === "query") query.push(`${encodeURIComponent(parameter)}=${encodeURIComponent(key)}`);
  else if (place === "cookie") cookies.push(`${parameter}=${key}`);
  else headers.push([parameter, credentialValue(scheme, key)]);
}

/** A key as the value of its header. */
export function credentialValue(scheme: Credential["scheme"], key: string): string {
  if (scheme === undefined) return key;
  if (scheme === "basic")
    return `Basic ${Buffer.from(key.includes(":") ? key : `${key}:`).toString("base64")}`;
  return `${scheme === "bearer" ? "Bearer" : scheme} ${key}`;
}

function varyHeaders(
  plain: readonly [string, string][],
  changes: NonNullable<RequestVariation["headers"]>,
): [string, string][] {
  const changed = new Set(changes.map(([name]) => name.toLowerCase()));
  const kept = plain.filter(([name]) => !changed.has(name.toLowerCase()));
  const added = changes.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return [...kept, ...added];
}

function acceptedTypes({ operation }: PlanInput): string {
  const success = successResponses(operation)[0] ?? operation.responses[0];
  const types = success?.content.map((content) => content.mediaType) ?? [];
  return types.length === 0 ? "*/*" : types.join(", ");
}
