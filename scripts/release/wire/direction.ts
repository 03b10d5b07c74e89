import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import { componentsOf, isHttpMethod, pointerTokens, reachedBy } from "@qontext/sync-log-document";

/** Whose words a segment of a path item is, or undefined where the segment does not decide it. */
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
