import type { OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { pairOperations } from "../wire/match-operations.ts";

const why = "code that names it no longer compiles";

/**
 * The names that generated code takes from a document, without generating it: of documents so large that compiling what is
 * generated of both would take minutes. What has a name is compared on the wire.
 */
export function compareDocumentNames(
  base: OpenApiDocument,
  revision: OpenApiDocument,
): readonly Change[] {
  return [
    ...compareOperationNames(base, revision),
    ...["schemas", "securitySchemes"].flatMap((kind) => compareComponents(base, revision, kind)),
  ];
}

function compareOperationNames(
  base: OpenApiDocument,
  revision: OpenApiDocument,
): readonly Change[] {
  return pairOperations(base, revision).flatMap(([before, other]): readonly Change[] => {
    const at = {
      bump: "major",
      where: `${before.method} ${before.path}`,
      why,
      source: "surface",
    } as const;
    const found: Change[] = [];
    if (before.operationId !== other.operationId && before.operationId !== undefined) {
      const what = `\`${before.operationId}\` is now called \`${other.id}\``;
      found.push({
        ...at,
        id: "types-operation-renamed",
        what,
        remedy: `Call \`${other.id}\` instead.`,
      });
    }
    if (before.path !== other.path) {
      const what = `the path \`${before.path}\` is now called \`${other.path}\``;
      found.push({ ...at, id: "types-path-renamed", what });
    }
    return found;
  });
}

function compareComponents(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  kind: string,
): readonly Change[] {
  const [before, after] = [base, revision].map((document) => {
    const members = document.at(`#/components/${kind}`);
    return new Map(Object.entries(isJsonObject(members) ? members : {}));
  });
  if (!before || !after) return [];
  const come = [...after].filter(([name]) => !before.has(name));
  const renamed = new Map(come.map(([name, value]) => [canonicalJson(value), name]));
  const gone = [...before].filter(([name]) => !after.has(name));
  const heirs = new Set(gone.map(([, value]) => renamed.get(canonicalJson(value))));
  const source = "surface";
  return [
    ...gone.map(([name, value]): Change => {
      const heir = renamed.get(canonicalJson(value));
      const [id, what] =
        heir === undefined
          ? ["types-export-removed", `\`${name}\` is removed`]
          : ["types-export-renamed", `\`${name}\` is now called \`${heir}\``];
      return { id, bump: "major", where: name, what, why, source };
    }),
    ...come
      .filter(([name]) => !heirs.has(name))
      .map(([name]): Change => ({
        id: "types-export-added",
        bump: "minor",
        where: name,
        what: `\`${name}\` is added`,
        why: "code that compiled still does",
        source,
      })),
  ];
}
