import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a manifest says that its package comes from; npm wants the first for provenance. */
export interface RepositoryFields {
  readonly repository: { readonly type: "git"; readonly url: string; readonly directory: string };
  readonly homepage: string;
  readonly bugs: string;
}

/**
 * The repository's address, without `.git`, as `repository` in the root `package.json` has it; undefined until it is set. Every
 * other manifest has it from there.
 *
 * @throws TypeError if it is no address of a repository on an HTTPS host.
 */
export function readRepository(root: string): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const setting = field(manifest, "repository");
  if (setting === undefined) return undefined;
  const text = typeof setting === "string" ? setting : field(setting, "url");
  const url = String(text)
    .replace(/^git\+/u, "")
    .replace(/^github:|^(?=[\w-]+\/[\w.-]+$)/u, "https://github.com/")
    .replace(/\.git$/u, "");
  if (/^https:\/\/[\w.-]+(?:\/[\w.-]+){2,}$/u.test(url)) return url;
  throw new TypeError(
    `\`repository\` in the root package.json is ${JSON.stringify(setting)}, and not such as "https://github.com/OWNER/NAME".`,
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** What the manifest of the package in `packages/FOLDER` says of a repository. */
export function repositoryFields(url: string, folder: string): RepositoryFields {
  const directory = `packages/${folder}`;
  return {
    repository: { type: "git", url: `git+${url}.git`, directory },
    homepage: `${url}/tree/main/${directory}#readme`,
    bugs: `${url}/issues`,
  };
}
