import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReleaseError } from "../release-error.ts";
import { isJsonObject } from "@qontext/sync-log-document";

const validScope = /^@[a-z0-9][a-z0-9._~-]*$/u;

/**
 * Gives every package of the workspace another scope: in manifests, imports, generated code, docs and the lockfile.
 * What git does not track is not touched.
 *
 * @param scope - The new scope, such as `@acme`.
 * @returns the files that changed, relative to the root.
 * @throws ReleaseError `usage` if npm would not accept the scope, or files already mention it.
 */
export function renameScope(root: string, scope: string): readonly string[] {
  if (!validScope.test(scope)) {
    throw new ReleaseError(
      "usage",
      `${JSON.stringify(scope)} is not a scope: it must begin with @, followed by lower-case letters, digits, dots and hyphens.`,
    );
  }
  const current = currentScope(root);
  if (current === scope) return [];
  const from = `${current}/sync-log`;
  const to = `${scope}/sync-log`;
  const texts = trackedTexts(root);
  const taken = texts.find(({ text }) => text.includes(to));
  if (taken) {
    throw new ReleaseError(
      "usage",
      `${taken.path} already mentions ${to}, so the renaming could not be undone.`,
    );
  }
  const changed = texts.filter(({ text }) => text.includes(from));
  for (const { path, text } of changed) writeFileSync(join(root, path), text.replaceAll(from, to));
  return changed.map(({ path }) => path);
}

/** The scope of the schema package, which all of them share. */
export function currentScope(root: string): string {
  const file = join(root, "packages/schema/package.json");
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  const name = isJsonObject(manifest) ? manifest["name"] : undefined;
  const scope = typeof name === "string" ? name.split("/")[0] : undefined;
  if (scope?.startsWith("@")) return scope;
  throw new ReleaseError("usage", `${file} has no name with a scope.`);
}

function trackedTexts(root: string): readonly { readonly path: string; readonly text: string }[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  return listed
    .split("\0")
    .filter(
      (path) => path !== "" && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile(),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}
