import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bill, Component } from "./add-bundled-code.ts";

/**
 * A bill of materials with the licenses that pnpm does not read: those under `licenses`, a list of objects, as `package.json` had
 * them before SPDX expressions.
 */
export function addLicenses({ components = [], ...bill }: Bill, root: string): Bill {
  const licensed = components.map((component) => {
    if (component.licenses !== undefined) return component;
    const ids = oldLicenses(component, root);
    return ids.length === 0
      ? component
      : { ...component, licenses: ids.map((id) => ({ license: { id } })) };
  });
  return { ...bill, components: licensed };
}

/** From where pnpm keeps a package. */
function oldLicenses({ group, name, version }: Component, root: string): readonly string[] {
  const full = group === undefined ? name : `${group}/${name}`;
  const store = `${full.replace("/", "+")}@${version}`;
  const file = join(root, "node_modules/.pnpm", store, "node_modules", full, "package.json");
  const { licenses }: { readonly licenses?: unknown } = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {};
  return Array.isArray(licenses) ? licenses.map(({ type }) => String(type)) : [];
}
