import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "@qontext/sync-log-document";
import { readRepository, repositoryFields } from "../generate/repository-fields.ts";

/** Why a registry would refuse the packages, one sentence each: npm wants to know which repository a provenance is of. */
export function publishProblems(root: string): readonly string[] {
  const url = readRepository(root);
  if (url === undefined) {
    return [
      'Where the packages come from is not known, and npm refuses a provenance without it: set `repository` in the root package.json, such as "repository": "https://github.com/OWNER/NAME", and run pnpm generate, which writes it into every package.',
    ];
  }
  return [...ownerProblems(root, url), ...manifestProblems(root, url)];
}

/** A team can only review what belongs to its organization; another name stands in for one that is still to be set. */
function ownerProblems(root: string, url: string): readonly string[] {
  const file = join(root, ".github/CODEOWNERS");
  const owners = existsSync(file) ? readFileSync(file, "utf8") : "";
  const teams = new Set(owners.replaceAll(/#.*$/gmu, "").match(/@[\w-]+\/[\w-]+/gu));
  const [, owner = ""] = new URL(url).pathname.split("/");
  return [...teams]
    .filter((team) => !team.toLowerCase().startsWith(`@${owner.toLowerCase()}/`))
    .map(
      (team) => `.github/CODEOWNERS names ${team}, which is no team of ${owner}: name your own.`,
    );
}

function manifestProblems(root: string, url: string): readonly string[] {
  return readdirSync(join(root, "packages")).flatMap((folder) => {
    const file = join(root, "packages", folder, "package.json");
    const manifest: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    if (!isJsonObject(manifest) || manifest["private"] === true) return [];
    const isStamped = Object.entries(repositoryFields(url, folder)).every(([name, value]) =>
      isDeepStrictEqual(manifest[name], value),
    );
    return isStamped
      ? []
      : [`packages/${folder}/package.json does not say that it is of ${url}: run pnpm generate.`];
  });
}
