import type { OpenApiDocument } from "@qontext/sync-log-document";
import { camelCase, pascalCase } from "./names.ts";
import type { NameRegistry } from "./names.ts";
import type { Report } from "./problem.ts";
import { textOf } from "./tsdoc.ts";

export type EnumValue = string | number | boolean;

/** An enum of the document, as it is exported. */
export interface EnumDefinition {
  /** In PascalCase, as `SyncLogStatus`. */
  readonly name: string;
  /** Without null, which is not a value to choose from but the absence of one. */
  readonly values: readonly EnumValue[];
  readonly description: string | undefined;
  /** Where it stands in the document, the first place if it is there more than once. */
  readonly pointer: string;
}

/**
 * Every enum of the document: component schemas by their names, the others by where they are (`SyncLog.mode` → `SyncLogMode`,
 * the parameter `sort` of `listSyncLogs` → `ListSyncLogsSort`).
 *
 * Enums at different places that would have the same name are one if they have the same values, else they are numbered.
 */
export function collectEnums(
  document: OpenApiDocument,
  typeNames: ReadonlyMap<string, string>,
  registry: NameRegistry,
  report: Report,
): readonly EnumDefinition[] {
  const found = new Map<string, EnumDefinition>();
  const sharers = operationsByPath(document);
  for (const { kind, pointer, value, names } of document.walk()) {
    if (kind !== "schema" || !Array.isArray(value["enum"])) continue;
    const values = scalarValues(value["enum"], pointer, report);
    if (values.length === 0) continue;
    // A parameter of a path is one of each operation there.
    const [, path = ""] = /^(#\/paths\/[^/]+)\/parameters\//.exec(pointer) ?? [];
    const [, ...own] = names;
    const shared = sharers.get(path)?.map((operation) => pascalCase(...operation, ...own));
    for (const wanted of shared ?? [typeNames.get(pointer) ?? pascalCase(...names)]) {
      const key = `${wanted} ${JSON.stringify(values)}`;
      if (found.has(key)) continue;
      const said = typeNames.has(pointer) ? pointer : undefined;
      const name = registry.claim(wanted, said, (free) => Object.values(enumExports(free)));
      found.set(key, { name, values, description: textOf(value["description"]), pointer });
    }
  }
  return [...found.values()];
}

/** The names of each path's operations, by the path's pointer. */
function operationsByPath({
  operations,
}: OpenApiDocument): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  for (const { node } of operations) {
    const path = node.pointer.slice(0, node.pointer.lastIndexOf("/"));
    found.set(path, [...(found.get(path) ?? []), node.names]);
  }
  return found;
}

/** The names an enum is exported by: its values, the type of them, the guard. */
export function enumExports(name: string): {
  readonly values: string;
  readonly type: string;
  readonly guard: string;
} {
  return { values: `${camelCase(name)}Values`, type: `Known${name}`, guard: `isKnown${name}` };
}

function scalarValues(
  values: readonly unknown[],
  pointer: string,
  report: Report,
): readonly EnumValue[] {
  const scalars = new Set<EnumValue>();
  for (const value of values) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      scalars.add(value);
    } else if (value !== null) {
      const message = `the enum value ${JSON.stringify(value)} is not a scalar and is left out of the list of values.`;
      report({ severity: "warning", ruleId: "enum-value", message, pointer });
    }
  }
  return [...scalars];
}
