import { isObject } from "./json.ts";
import { pointerSegments } from "./pointer.ts";

/** Who writes a value, seen from the client: it sends requests and reads responses. */
export type Direction = "request" | "response";

const methods = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
]);

/** Whose words a segment of a path item is, or undefined where the segment does not decide it. */
const sides: Readonly<Record<string, Direction>> = {
  parameters: "request",
  requestBody: "request",
  responses: "response",
};

function flip(direction: Direction): Direction {
  return direction === "request" ? "response" : "request";
}

/**
 * The direction of a pointer into `paths` or `webhooks`; undefined when it points at neither side of an operation.
 * In webhooks and callbacks the server sends the request, so that the sides change places.
 */
export function directionOfPointer(pointer: string): Direction | undefined {
  const segments = pointerSegments(pointer);
  if (segments[0] !== "paths" && segments[0] !== "webhooks") return undefined;
  const inOperation = methods.has(segments[2] ?? "");
  const callback = inOperation && segments[3] === "callbacks";
  const rest = segments.slice(callback ? 6 : 2);
  const side = sides[(methods.has(rest[0] ?? "") ? rest[1] : rest[0]) ?? ""];
  if (side === undefined) return undefined;
  return (segments[0] === "webhooks") === callback ? side : flip(side);
}

/**
 * For each component, such as `schemas/SyncLog`, the directions in which operations reach it.
 * A component that no operation reaches is absent.
 */
export function componentDirections(
  document: unknown,
): ReadonlyMap<string, ReadonlySet<Direction>> {
  const found = new Map<string, Set<Direction>>();
  const visit = (value: unknown, direction: Direction | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, direction);
      return;
    }
    if (!isObject(value)) return;
    const reference = value["$ref"];
    if (typeof reference === "string" && direction) follow(reference, direction);
    for (const item of Object.values(value)) visit(item, direction);
  };
  const follow = (reference: string, direction: Direction): void => {
    const [root, kind = "", name = ""] = pointerSegments(reference);
    if (root !== "components") return;
    const key = `${kind}/${name}`;
    const directions = found.get(key) ?? new Set();
    if (directions.has(direction)) return;
    found.set(key, directions.add(direction));
    if (!isObject(document)) return;
    const components = document["components"];
    const kinds = isObject(components) ? components[kind] : undefined;
    visit(isObject(kinds) ? kinds[name] : undefined, direction);
  };
  for (const root of ["paths", "webhooks"]) visitPathItems(document, root, visit);
  return found;
}

function visitPathItems(
  document: unknown,
  root: string,
  visit: (value: unknown, direction: Direction | undefined) => void,
): void {
  const items = isObject(document) ? document[root] : undefined;
  if (!isObject(items)) return;
  for (const item of Object.values(items)) visitPathItem(item, root === "webhooks", visit);
}

function visitPathItem(
  item: unknown,
  flipped: boolean,
  visit: (value: unknown, direction: Direction | undefined) => void,
): void {
  if (!isObject(item)) return;
  for (const [key, value] of Object.entries(item)) {
    const side = sides[key];
    if (side) visit(value, flipped ? flip(side) : side);
    else if (methods.has(key)) visitPathItem(value, flipped, visit);
    else if (key === "callbacks" && isObject(value)) {
      for (const callback of Object.values(value)) {
        if (!isObject(callback)) continue;
        for (const inner of Object.values(callback)) visitPathItem(inner, !flipped, visit);
      }
    }
  }
}
