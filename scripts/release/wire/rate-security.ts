import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";

/** One way to be let in: each scheme, as it is defined, with the scopes it must have. */
type Alternative = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Compares, for each operation in both documents, the ways in which a client may authenticate. A client that was let
 * in must be let in still: each old way must satisfy a new one (OpenAPI 3.1, section 4.8.30: one of the list, with
 * all of its schemes).
 */
export function rateSecurity(base: OpenApiDocument, revision: OpenApiDocument): readonly Change[] {
  return base.operations.flatMap((before) => {
    const { method, path } = before;
    const after = revision.operations.find((one) => one.method === method && one.path === path);
    if (after === undefined) return [];
    const change = compare(alternatives(base, before), alternatives(revision, after));
    return change === undefined ? [] : [{ ...change, where: `${method} ${path}` }];
  });
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

function alternatives(document: OpenApiDocument, { security }: Operation): readonly Alternative[] {
  if (security.length === 0) return [new Map()];
  return security.map(
    (requirements) =>
      new Map(
        requirements.map(({ name, scopes }) => [definition(document, name), new Set(scopes)]),
      ),
  );
}

/** What of a scheme is on the wire, so that a scheme that only changes its name stays the same. */
function definition(document: OpenApiDocument, name: string): string {
  const scheme = document.at(appendPointer("#/components/securitySchemes", name));
  if (!isJsonObject(scheme)) return name;
  const { type, in: place, name: key, scheme: http, openIdConnectUrl, flows } = scheme;
  const kinds = isJsonObject(flows) ? Object.keys(flows).toSorted() : [];
  return JSON.stringify([type, place, key, http, openIdConnectUrl, kinds]);
}
