import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";
import type { Verdict } from "./verdict.ts";

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
    const found = compare(alternatives(base, before), alternatives(revision, after));
    if (found === undefined) return [];
    const [id, bump, why] = found;
    return [{ id, bump, where: `${method} ${path}`, why, source: "wire" }];
  });
}

function compare(
  before: readonly Alternative[],
  after: readonly Alternative[],
): readonly [id: string, ...Verdict] | undefined {
  const stillAccepted = (way: Alternative, ways: readonly Alternative[]): boolean =>
    ways.some((required) => satisfies(way, required));
  if (!before.every((way) => stillAccepted(way, after))) {
    const why = "the ways to authenticate change: clients that were let in may be refused";
    return ["security-changed", "major", why];
  }
  if (after.every((way) => stillAccepted(way, before))) return undefined;
  const why = "there is another way to authenticate: those that were there still let clients in";
  return ["security-alternative-added", "minor", why];
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
