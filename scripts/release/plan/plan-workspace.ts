import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import { checkDocument } from "../../generate/check-document.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import { GenerationError } from "../../generate/problem.ts";
import { carrierFolders } from "../../generate/stamp-manifests.ts";
import { listChanged, readFiles, readTree } from "../git.ts";
import { ReleaseError } from "../release-error.ts";
import type { Change, ReleasePlan } from "../release-plan.ts";
import { createReleasePlan } from "../release-plan.ts";
import { compareSurfaces } from "../surface/compare-surfaces.ts";
import { dropEchoes } from "../surface/drop-echoes.ts";
import type { Surface, SurfaceEntry } from "../surface/surface-program.ts";
import { compareWire, readDocument } from "../wire/compare-wire.ts";
import { compareHashes, readIfThere } from "./plan-documents.ts";

const specFolder = "specs";
const specFile = "openapi.yaml";
const generatedFolder = "packages/schema/src/generated";

/**
 * Compares the document, and what the packages that carry it declare, at a commit with those of the working tree.
 *
 * @param commit - A commit that is in the clone.
 * @param label - What the commit is called in the plan.
 * @throws ReleaseError if a document cannot be read, or no code can be generated from the new one.
 */
export async function planWorkspace(
  root: string,
  commit: string,
  label: string,
): Promise<ReleasePlan> {
  const scratch = mkdtempSync(join(tmpdir(), "release-plan-"));
  try {
    const compared = { base: label, revision: "the working tree" };
    const specs = await readTree(root, commit, specFolder);
    const { base, revision, changed } = await readSurfaces(root, commit);
    if (!specs.has(specFile) || base.read(`${generatedFolder}/index.ts`) === undefined) {
      const note = `${label} has no ${specFolder}/${specFile} with generated code, so nothing was compared.`;
      return createReleasePlan(compared, [], [note]);
    }
    for (const [name, text] of specs) {
      const path = join(scratch, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const path = join(root, specFolder, specFile);
    const [before, after] = [await readDocument(join(scratch, specFile)), await readDocument(path)];
    const floor = compareHashes(before, after, `${specFolder}/${specFile}`);
    const output = floor.length > 0 ? floor : compareOutput(changed);
    const seen = [
      ...compareWire(before, after, { openEnums: true }),
      ...compareSurfaces(base, revision),
    ];
    const changes = [...dropEchoes(seen, before), ...output];
    return createReleasePlan(compared, changes, await findStale(root, path));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the packages declare in both versions; of what did not change since the commit there is one. */
async function readSurfaces(
  root: string,
  commit: string,
): Promise<{
  readonly base: Surface;
  readonly revision: Surface;
  readonly changed: readonly string[];
}> {
  const changed = await listChanged(root, commit, "packages");
  const old = await readFiles(root, commit, changed);
  const texts = new Map<string, string | undefined>();
  const now = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, readIfThere(join(root, path)));
    return texts.get(path);
  };
  const differs = new Set(changed);
  const before = (path: string): string | undefined =>
    differs.has(path) ? old.get(path) : now(path);
  const folders = readdirSync(join(root, "packages"));
  const surface = (read: Surface["read"]): Surface => ({
    entries: folders.flatMap((folder) =>
      entriesOf(folder, read(`packages/${folder}/package.json`)),
    ),
    read,
  });
  return { base: surface(before), revision: surface(now), changed };
}

/** What a package's manifest lets consumers import, by the sources of what it names. */
function entriesOf(folder: string, manifest: string | undefined): readonly SurfaceEntry[] {
  const { name, exports } = parseObject(manifest);
  return Object.entries(isJsonObject(exports) ? exports : {}).flatMap(([subpath, target]) => {
    const types = isJsonObject(target) ? target["types"] : undefined;
    const [, file] =
      typeof types === "string" ? (/^\.\/dist\/(.*)\.d\.ts$/u.exec(types) ?? []) : [];
    if (file === undefined) return [];
    const specifier = `${String(name)}${subpath.slice(1)}`;
    const isCompared = carrierFolders.some((carrier) => carrier === folder);
    return [{ folder, specifier, path: `packages/${folder}/src/${file}.ts`, isCompared }];
  });
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = text === undefined ? {} : JSON.parse(text);
  return isJsonObject(value) ? value : {};
}

/** Generated code that differs although the document does not comes from the generator, its configuration or its dependencies. */
function compareOutput(changed: readonly string[]): readonly Change[] {
  const differing = changed.filter((path) => /^packages\/[^/]+\/src\/generated\//u.test(path));
  const folders = new Set(differing.map((path) => path.split("/")[1] ?? ""));
  const packages = carrierFolders.filter((folder) => folders.has(folder));
  if (packages.length === 0) return [];
  const what = "the generator makes other code of the same document";
  const why = "what a consumer sees of it is rated by itself";
  const where = differing.join(", ");
  return [
    { id: "generator-output-changed", bump: "patch", where, what, why, source: "output", packages },
  ];
}

/** Says so if the generated code is not that of the document: then the comparison of the packages lacks what is not generated yet. */
async function findStale(root: string, path: string): Promise<readonly string[]> {
  const { document } = await generated(path, () => checkDocument(path, { cwd: root }));
  const { files } = await generated(path, () => planGeneration(document, ""));
  const stale = [...files].filter(
    ([name, text]) =>
      name.endsWith(".ts") &&
      withoutOrigin(readIfThere(join(root, generatedFolder, name)) ?? "") !== withoutOrigin(text),
  );
  if (stale.length === 0) return [];
  const names = stale.map(([name]) => name).join(", ");
  return [
    `The generated code is not that of ${specFolder}/${specFile} (${names}): run pnpm generate, or what consumers of the packages see is not all here.`,
  ];
}

/** The first line says where code came from. */
function withoutOrigin(text: string): string {
  return text.replace(/^\/\/[^\n]*\n/u, "");
}

async function generated<T>(path: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (!(cause instanceof GenerationError)) throw cause;
    const message = `No code can be generated from ${path}:\n${cause.message}`;
    throw new ReleaseError("unreadable_document", message, { cause });
  }
}
