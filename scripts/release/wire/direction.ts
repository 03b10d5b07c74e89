import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import {
  componentsOf,
  isHttpMethod,
  isJsonObject,
  pointerTokens,
  reachedBy,
} from "@qontext/sync-log-document";
import type { RedoclyChange } from "./redocly-diff.ts";
import { followPointer, resolveValue } from "./redocly-pointer.ts";

/** Who writes what a segment of a path item holds; absent where the segment does not decide it. */
const sides: Readonly<Record<string, Direction>> = {
  parameters: "request",
  requestBody: "request",
  responses: "response",
};

/**
 * The direction of a pointer into `paths` or `webhooks`; undefined when it points at neither side of an operation.
 * In webhooks and callbacks the server sends the request, so that the sides change places.
 */
export function directionOfPointer(pointer: string): Direction | undefined {
  const segments = pointerTokens(pointer);
  if (segments[0] !== "paths" && segments[0] !== "webhooks") return undefined;
  const inOperation = isHttpMethod(segments[2] ?? "");
  const callback = inOperation && segments[3] === "callbacks";
  const rest = segments.slice(callback ? 6 : 2);
  const side = sides[(isHttpMethod(rest[0] ?? "") ? rest[1] : rest[0]) ?? ""];
  if (side === undefined || (segments[0] === "webhooks") === callback) return side;
  return side === "request" ? "response" : "request";
}

/**
 * For each component, such as `schemas/SyncLog`, the directions in which operations reach it.
 * A component that no operation reaches is absent.
 */
export function componentDirections(
  document: OpenApiDocument,
): ReadonlyMap<string, ReadonlySet<Direction>> {
  const reached = reachedBy(document);
  const directions = componentsOf(document.root).map(({ pointer, value }) => {
    const found = (["request", "response"] as const).filter((side) => reached[side].has(value));
    return [pointerTokens(pointer).slice(1).join("/"), new Set(found)] as const;
  });
  return new Map(directions.filter(([, found]) => found.size > 0));
}

/** What rating one change needs to know about the two documents. */
export interface WireContext {
  readonly base: OpenApiDocument;
  readonly revision: OpenApiDocument;
  /** Whether the generated types of response enums admit values that the document does not name. */
  readonly openEnums: boolean;
  /** The directions in which a change is on the wire; empty when no operation reaches it. */
  readonly directionsOf: (change: RedoclyChange) => readonly Direction[];
}

export function createWireContext(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  openEnums: boolean,
): WireContext {
  const usages = [componentDirections(base), componentDirections(revision)];
  const directionsOf = (change: RedoclyChange): readonly Direction[] => {
    const direct = directionOfPointer(change.path);
    const found = new Set<Direction>(direct && [direct]);
    for (const pointer of [change.basePointer, change.revisionPointer]) {
      const [root, ...tokens] = pointerTokens(pointer ?? "");
      if (root !== "components") continue;
      const component = tokens.slice(0, 2).join("/");
      for (const usage of usages) usage.get(component)?.forEach((side) => found.add(side));
    }
    return [...found];
  };
  return { base, revision, openEnums, directionsOf };
}

/** The document that has what changed: what was removed is only in the base. */
export function documentOf(change: RedoclyChange, context: WireContext): OpenApiDocument {
  return change.kind === "removed" ? context.base : context.revision;
}

/**
 * Whether a schema, or one around it, is never in a response: `writeOnly` (JSON Schema 2020-12 validation, section 9.4).
 * `readOnly` does not hide a value from requests: clients should not send it, but those that send back what they read do,
 * and the server may validate it.
 */
export function isHidden(
  document: OpenApiDocument,
  pointer: string,
  direction: Direction,
): boolean {
  if (direction === "request") return false;
  const segments = pointerTokens(pointer).filter((segment) => segment !== "$ref");
  return segments.some((segment, index) => {
    if (segments[index - 1] !== "properties") return false;
    return hasFlag(document, segments.slice(0, index + 1), "writeOnly");
  });
}

/**
 * Whether `required` does not bind the property `name` of the schema at `pointer`: a required `readOnly` property
 * binds answers only, a required `writeOnly` one requests only (OpenAPI 3.0.4, section 4.7.24.2).
 */
export function isExempt(
  document: OpenApiDocument,
  pointer: string,
  name: string,
  direction: Direction,
): boolean {
  const flag = direction === "request" ? "readOnly" : "writeOnly";
  return hasFlag(document, [...pointerTokens(pointer), "properties", name], flag);
}

function hasFlag(
  document: OpenApiDocument,
  segments: readonly string[],
  flag: "readOnly" | "writeOnly",
): boolean {
  const holder = followPointer(document, segments);
  const schemas = [holder, resolveValue(document, holder)];
  return schemas.some((schema) => isJsonObject(schema) && schema[flag] === true);
}
