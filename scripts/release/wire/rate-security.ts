import type { Change } from "../change.ts";
import { isObject, objectAt } from "./json.ts";

/** One way to be let in: each scheme, as it is defined, with the scopes it must have. */
type Alternative = ReadonlyMap<string, ReadonlySet<string>>;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/**
 * Compares, for each operation in both documents, the ways in which a client may authenticate. A client that was let
 * in must be let in still: each old way must satisfy a new one (OpenAPI 3.1, section 4.8.30: one of the list, with
 * all of its schemes).
 */
export function rateSecurity(base: unknown, revision: unknown): readonly Change[] {
  const paths = objectAt(revision, "paths");
  const changes: Change[] = [];
  for (const [path, item] of Object.entries(objectAt(base, "paths"))) {
    for (const method of methods) {
      const before = objectAt(item, method);
      const after = objectAt(paths[path], method);
      if (Object.keys(before).length === 0 || Object.keys(after).length === 0) continue;
      const change = compare(alternatives(base, before), alternatives(revision, after));
      if (change) changes.push({ ...change, where: `${method.toUpperCase()} ${path}` });
    }
  }
  return changes;
}

function compare(
  before: readonly Alternative[],
  after: readonly Alternative[],
): Omit<Change, "where"> | undefined {
  const stillAccepted = (way: Alternative, ways: readonly Alternative[]): boolean =>
    ways.some((required) => satisfies(way, required));
  if (!before.every((way) => stillAccepted(way, after))) {
    return {
      id: "security-changed",
      bump: "major",
      why: "the ways to authenticate change: clients that were let in may be refused",
      source: "wire",
    };
  }
  if (after.every((way) => stillAccepted(way, before))) return undefined;
  return {
    id: "security-alternative-added",
    bump: "minor",
    why: "there is another way to authenticate: those that were there still let clients in",
    source: "wire",
  };
}

function satisfies(way: Alternative, required: Alternative): boolean {
  return [...required].every(([scheme, scopes]) => {
    const held = way.get(scheme);
    return held !== undefined && [...scopes].every((scope) => held.has(scope));
  });
}

function alternatives(document: unknown, operation: unknown): readonly Alternative[] {
  const own = isObject(operation) ? operation["security"] : undefined;
  const global = isObject(document) ? document["security"] : undefined;
  const required = Array.isArray(own) ? own : global;
  if (!Array.isArray(required) || required.length === 0) return [new Map()];
  const schemes = objectAt(objectAt(document, "components"), "securitySchemes");
  return required
    .filter(isObject)
    .map(
      (requirement) =>
        new Map(
          Object.entries(requirement).map(([name, scopes]) => [
            definition(name, schemes[name]),
            new Set(Array.isArray(scopes) ? scopes.map(String) : []),
          ]),
        ),
    );
}

/** What of a scheme is on the wire, so that a scheme that only changes its name stays the same. */
function definition(name: string, scheme: unknown): string {
  if (!isObject(scheme)) return name;
  const { type, in: place, name: key, scheme: http, openIdConnectUrl, flows } = scheme;
  const kinds = isObject(flows) ? Object.keys(flows).toSorted() : [];
  return JSON.stringify([type, place, key, http, openIdConnectUrl, kinds]);
}
