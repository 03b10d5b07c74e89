import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as the job that packed it hands it over: what `changeset pack` writes down. */
export interface PackedRelease {
  readonly name: string;
  readonly version: string;
  /** `public` or `restricted`. */
  readonly access: string;
  /** The registry's tag, such as `latest`. */
  readonly tag: string;
  readonly tarball: {
    /** Relative to the folder of the release. */
    readonly path: string;
    /** As in a lockfile: `sha256-` and the hash in base64. */
    readonly integrity: string;
  };
}

/**
 * Reads the plan that `changeset pack` writes: groups of packages, each of which needs only those before it.
 *
 * @throws TypeError for anything else, so that nothing is published by half of a plan.
 */
export function readPackedReleases(json: string): readonly PackedRelease[] {
  const file: unknown = JSON.parse(json);
  const plan = isObject(file) && file["version"] === 1 ? file["plan"] : undefined;
  if (!Array.isArray(plan)) throw new TypeError("This is no plan of `changeset pack`.");
  return plan.flat().map((release: unknown) => {
    if (isPackedRelease(release)) return release;
    throw new TypeError(`This release has no tarball with a SHA-256: ${JSON.stringify(release)}`);
  });
}

function isPackedRelease(value: unknown): value is PackedRelease {
  if (!isObject(value) || !isObject(value["tarball"])) return false;
  const { path, integrity } = value["tarball"];
  return (
    ["name", "version", "access", "tag"].every((key) => typeof value[key] === "string") &&
    typeof path === "string" &&
    /^packages\/[\w.-]+\.tgz$/u.test(path) &&
    typeof integrity === "string" &&
    /^sha256-[\w+/]{43}=$/u.test(integrity)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where the tarballs in a folder are not the ones that were packed. */
export function tarballProblems(
  folder: string,
  releases: readonly PackedRelease[],
): readonly string[] {
  const found = readdirSync(join(folder, "packages")).map((name) => `packages/${name}`);
  const expected = new Set(releases.map(({ tarball }) => tarball.path));
  return [
    ...found.filter((path) => !expected.has(path)).map((path) => `${path} was not packed`),
    ...releases.flatMap(({ tarball: { path, integrity } }) => {
      if (!found.includes(path)) return [`${path} is missing`];
      if (integrityOf(join(folder, path), "sha256") === integrity) return [];
      return [`${path} is not the tarball that was packed: its SHA-256 differs`];
    }),
  ];
}

/** The hash of a file as lockfiles and registries write it. */
export function integrityOf(file: string, algorithm: "sha256" | "sha512"): string {
  return `${algorithm}-${createHash(algorithm).update(readFileSync(file)).digest("base64")}`;
}
