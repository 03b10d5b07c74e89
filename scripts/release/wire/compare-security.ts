import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Finding } from "./finding.ts";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { pairOperations } from "./match-operations.ts";
import { shownChange } from "./show-values.ts";
import type { Verdict } from "./verdict.ts";

/** One way to be let in: each scheme, as it is defined, with the scopes it must have. */
type Way = ReadonlyMap<string, ReadonlySet<string>>;

const refused: Verdict = [
  "major",
  "clients that were let in may be refused",
  "Authenticate the new way.",
];
const stillLetIn: Verdict = ["minor", "the ways that were there still let clients in"];

/**
 * Compares, for each operation in both documents, the ways in which a client may authenticate. A client that was let
 * in must be let in still: each old way must satisfy a new one (OpenAPI 3.1, section 4.8.30: one of the list, with
 * all of its schemes).
 */
export function compareSecurity(
  base: OpenApiDocument,
  revision: OpenApiDocument,
): readonly Finding[] {
  const found = pairOperations(base, revision).flatMap(([before, other]) => {
    const finding = compareWays(ways(base, before), ways(revision, other));
    return finding ? [{ ...finding, pointer: other.node.pointer }] : [];
  });
  const [first] = found;
  // What is said for the whole document is reported once.
  const isCommon =
    first &&
    found.length === revision.operations.length &&
    found.every(({ what }) => what === first.what);
  const changes = isCommon && found.length > 1 ? [{ ...first, pointer: "#/security" }] : found;
  return [...changes, ...compareSchemes(base, revision)];
}

function compareWays(before: readonly Way[], after: readonly Way[]): Finding | undefined {
  const isLetIn = (way: Way, others: readonly Way[]): boolean =>
    others.some((required) => satisfies(way, required));
  const what = `authentication goes from ${describe(before)} to ${describe(after)}`;
  const at = { direction: undefined, effect: "changed", side: "revision", pointer: "" } as const;
  if (!before.every((way) => isLetIn(way, after))) {
    return { ...at, id: "security-changed", what, verdict: refused };
  }
  if (after.every((way) => isLetIn(way, before))) return undefined;
  return { ...at, id: "security-alternative-added", what, verdict: stillLetIn };
}

function satisfies(way: Way, required: Way): boolean {
  return [...required].every(([scheme, scopes]) => {
    const held = way.get(scheme);
    return held !== undefined && [...scopes].every((scope) => held.has(scope));
  });
}

function describe(alternatives: readonly Way[]): string {
  const texts = alternatives.map((way) =>
    [...way].map(([scheme, scopes]) => [scheme, ...scopes].join(" ")).join(" and "),
  );
  return texts.map((text) => text || "nothing").join(", or ");
}

function ways(document: OpenApiDocument, { security }: Operation): readonly Way[] {
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
  const scheme = schemesOf(document).get(name);
  if (!scheme) return name;
  const { type, in: place, name: key, scheme: http, openIdConnectUrl, flows } = scheme;
  const kinds = isJsonObject(flows) ? Object.keys(flows).toSorted() : [];
  const header = place === "header" ? String(key).toLowerCase() : key;
  const parts = [type, place, header, typeof http === "string" ? http.toLowerCase() : http];
  return [...parts, openIdConnectUrl, ...kinds]
    .filter((part) => typeof part === "string")
    .join(" ");
}

function schemesOf(
  document: OpenApiDocument,
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const pointer = "#/components/securitySchemes";
  const schemes = document.at(pointer);
  return new Map(
    Object.entries(isJsonObject(schemes) ? schemes : {}).flatMap(([name, value]) =>
      isJsonObject(value)
        ? [[name, document.resolve({ pointer: appendPointer(pointer, name), value }).target.value]]
        : [],
    ),
  );
}

const fetched: Verdict = ["minor", "tokens are asked for in another way"];
const unbound: Verdict = ["patch", "a scheme binds nobody until an operation requires it"];

/** What a scheme says beside what each request is checked for: where tokens come from, and which scopes there are. */
function compareSchemes(base: OpenApiDocument, revision: OpenApiDocument): readonly Finding[] {
  const [before, after] = [schemesOf(base), schemesOf(revision)];
  const come = [...after].filter(([name]) => !before.has(name));
  const heirs = new Map(
    [...before].flatMap(([name, scheme]) => {
      const text = canonicalJson(scheme);
      const heir = after.has(name)
        ? undefined
        : come.find(([, own]) => canonicalJson(own) === text);
      return heir ? [[name, heir[0]]] : [];
    }),
  );
  const named = new Set(heirs.values());
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): readonly Finding[] => {
    const [one, other] = [before.get(name), after.get(name)];
    const pointer = appendPointer("#/components/securitySchemes", name);
    const side = other ? "revision" : "base";
    const at = { direction: undefined, effect: "annotation", side, pointer } as const;
    if (!one || !other) {
      if (named.has(name)) return [];
      const heir = heirs.get(name);
      const verb = heir ? "renamed" : other ? "added" : "removed";
      const what = `the security scheme is ${heir ? `now called \`${heir}\`` : verb}`;
      return [{ ...at, id: `security-scheme-${verb}`, what, verdict: unbound }];
    }
    return ["flows", "bearerFormat"].flatMap((keyword): readonly Finding[] => {
      const [from, to] = [one[keyword], other[keyword]];
      if (canonicalJson(from) === canonicalJson(to)) return [];
      const what = shownChange(keyword, from, to);
      return [{ ...at, id: "security-scheme-changed", what, verdict: fetched }];
    });
  });
}
