import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";
import { hashDocument } from "./emit/emit-version.ts";
import { readRepository, repositoryFields } from "./repository-fields.ts";
import type { RepositoryFields } from "./repository-fields.ts";

/** The folders of the packages that carry the document: their `package.json` says which one they were made of. */
export const carrierFolders = ["schema", "client", "mock", "contract", "cli", "watcher"] as const;

/**
 * The manifests of all packages, by path: with the document's version and hash under `openapi` if they carry it, and with where
 * they come from, if the root manifest says so.
 */
export async function stampManifests(
  root: string,
  document: JsonObject,
): Promise<ReadonlyMap<string, string>> {
  const { info } = document;
  const version = isJsonObject(info) ? String(info["version"]) : "";
  const openapi = { version, sha256: hashDocument(document) };
  const url = readRepository(root);
  const stamped = (await readdir(join(root, "packages"))).toSorted().map(async (folder) => {
    const path = join(root, "packages", folder, "package.json");
    const text = await readFile(path, "utf8").catch(() => undefined);
    const manifest: unknown = text === undefined ? undefined : JSON.parse(text);
    if (!isJsonObject(manifest)) return [];
    // The stamp stands where it stood; a new one stands last, where the formatter wants it.
    const isCarrier = carrierFolders.some((carrier) => carrier === folder);
    const carrying = isCarrier ? { ...manifest, openapi } : manifest;
    const fields = url === undefined ? undefined : repositoryFields(url, folder);
    return [[path, `${JSON.stringify(withRepository(carrying, fields), null, 2)}\n`] as const];
  });
  return new Map((await Promise.all(stamped)).flat());
}

/** Around the license, which is where the formatter wants it. */
function withRepository(manifest: JsonObject, fields: RepositoryFields | undefined): JsonObject {
  const { repository: _repository, homepage: _homepage, bugs: _bugs, ...own } = manifest;
  if (fields === undefined) return own;
  const { repository, homepage, bugs } = fields;
  const entries = Object.entries(own);
  const at = entries.findIndex(([name]) => name === "license");
  const [before, after] = at === -1 ? [entries, []] : [entries.slice(0, at), entries.slice(at + 1)];
  const license = at === -1 ? {} : { license: own["license"] };
  return Object.fromEntries([
    ...before,
    ...Object.entries({ homepage, bugs, ...license, repository }),
    ...after,
  ]);
}
