import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";
import { hashDocument } from "./emit/emit-version.ts";

/** The folders of the packages that carry the document: their `package.json` says which one they were made of. */
export const carrierFolders = ["schema", "client", "mock", "contract", "cli", "watcher"] as const;

/**
 * The manifests of those packages with the document's version and hash under `openapi`, by path. A package that is not
 * there is left out.
 */
export async function stampManifests(
  root: string,
  document: JsonObject,
): Promise<ReadonlyMap<string, string>> {
  const { info } = document;
  const version = isJsonObject(info) ? String(info["version"]) : "";
  const openapi = { version, sha256: hashDocument(document) };
  const stamped = await Promise.all(
    carrierFolders.map(async (folder) => {
      const path = join(root, "packages", folder, "package.json");
      const text = await readFile(path, "utf8").catch(() => undefined);
      return text === undefined ? [] : [[path, stamp(text, openapi)] as const];
    }),
  );
  return new Map(stamped.flat());
}

/** The stamp stands where it stood; a new one stands last, where the formatter wants it. */
function stamp(text: string, openapi: JsonObject): string {
  const manifest: unknown = JSON.parse(text);
  if (!isJsonObject(manifest)) return text;
  return `${JSON.stringify({ ...manifest, openapi }, null, 2)}\n`;
}
