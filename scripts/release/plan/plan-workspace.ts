import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readTree } from "../git.ts";
import type { Change, ReleasePlan } from "../release-plan.ts";
import { createReleasePlan } from "../release-plan.ts";
import { compareSurfaces } from "../types/compare-surfaces.ts";
import type { SurfaceModules } from "../types/surface-program.ts";
import { compareWire } from "../wire/compare-wire.ts";
import { generateSurface, withoutOrigin } from "./plan-documents.ts";

const specFolder = "specs";
const specFile = "openapi.yaml";
const generatedFolder = "packages/schema/src/generated";

/**
 * Compares the document and the generated code at a commit with those of the working tree.
 *
 * @param commit - A commit that is in the clone.
 * @param label - What the commit is called in the plan.
 */
export async function planWorkspace(
  root: string,
  commit: string,
  label: string,
): Promise<ReleasePlan> {
  const scratch = mkdtempSync(join(tmpdir(), "release-plan-"));
  try {
    const specs = await readTree(root, commit, specFolder);
    const generated = withoutOrigin(await readTree(root, commit, generatedFolder));
    const compared = { base: label, revision: "the working tree" };
    if (!specs.has(specFile) || !generated.has("index.ts")) {
      const note = `${label} has no ${specFolder}/${specFile} with generated code, so nothing was compared.`;
      return createReleasePlan(compared, [], [note]);
    }
    for (const [name, text] of specs) {
      const path = join(scratch, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const baseSpec = join(scratch, specFile);
    const wire = await compareWire(baseSpec, join(root, specFolder, specFile), { openEnums: true });
    const types = compareSurfaces(generated, readGenerated(root));
    const generator = await compareGenerator(baseSpec, generated);
    return createReleasePlan(compared, [...wire, ...types, ...generator], []);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readGenerated(root: string): SurfaceModules {
  const folder = join(root, generatedFolder);
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return withoutOrigin(
    new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")])),
  );
}

/**
 * What the generator of today makes of the document of then, against what was made of it then: a difference comes from
 * the generator, its configuration or its dependencies, and is published although the document did not change.
 */
async function compareGenerator(
  baseSpec: string,
  generated: SurfaceModules,
): Promise<readonly Change[]> {
  const today = await generateSurface(baseSpec);
  const names = new Set([...generated.keys(), ...today.keys()]);
  const differing = [...names].filter((name) => generated.get(name) !== today.get(name)).toSorted();
  if (differing.length === 0) return [];
  return [
    {
      id: "generator-output-changed",
      bump: "patch",
      where: differing.join(", "),
      why: "the generator makes other code of the same document; what a consumer sees of it is rated under the types",
      source: "generator",
    },
  ];
}
