import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Editable } from "./support/base-document.ts";
import { scratchWorkspace } from "./support/scratch-workspace.ts";

const breaking = (document: Editable): void => {
  delete document.components.schemas.Pet.properties.nick;
};
const renaming = (document: Editable): void => {
  document.paths["/pets"].post.operationId = "addPet";
};

async function releasedWorkspace() {
  const workspace = await scratchWorkspace();
  workspace.git("tag", "@scratch/schema@1.0.0");
  return workspace;
}

function draftIn(root: string): string {
  const names = readdirSync(join(root, ".changeset"));
  return names.find((name) => name.startsWith("spec-")) ?? "no draft";
}

describe("release:check", () => {
  test("passes when nothing changed since the release", async () => {
    using workspace = await releasedWorkspace();
    const { code, out } = await workspace.release("check");
    expect([code, out]).toEqual([
      0,
      "The pending changesets cover every change since @scratch/schema@1.0.0 (none).\n",
    ]);
  });

  test("fails without a changeset, and names the change and the command", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    const { code, error } = await workspace.release("check");
    expect(code).toBe(1);
    expect(error).toContain(
      "@scratch/schema needs a major release, but no release is pending: response-property-removed at",
    );
    expect(error).toContain("@scratch/contract needs a major release");
    expect(error).toContain("pnpm release:draft");
  });

  test("fails when the pending changeset is lower than what a package carries", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    await workspace.release("draft");
    const file = draftIn(workspace.root);
    const text = readFileSync(join(workspace.root, ".changeset", file), "utf8");
    workspace.write(
      `.changeset/${file}`,
      text.replace('"@scratch/client": major', '"@scratch/client": minor'),
    );
    const { code, error } = await workspace.release("check");
    expect(code).toBe(1);
    expect(error).toMatch(/^@scratch\/client needs a major release, but only a minor is pending/u);
    expect(error).not.toContain("@scratch/schema needs");
  });

  test("passes with the drafted changeset, which has one bullet a change", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    const drafted = await workspace.release("draft");
    expect(drafted.out).toMatch(/^Wrote \.changeset\/spec-[0-9a-f]{8}\.md \(major\)\.\n$/u);
    const { changes } = JSON.parse((await workspace.release("plan", "--json")).out);
    const file = draftIn(workspace.root);
    const text = readFileSync(join(workspace.root, ".changeset", file), "utf8");
    expect(text.match(/^- /gmu)).toHaveLength(changes.length);
    expect((await workspace.release("check")).code).toBe(0);
  });

  test("replaces the draft before", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    await workspace.release("draft");
    await workspace.edit(renaming);
    await workspace.release("draft");
    const drafts = readdirSync(join(workspace.root, ".changeset")).filter((name) =>
      name.startsWith("spec-"),
    );
    expect(drafts).toHaveLength(1);
  });

  test("counts versions that are raised already, when the changesets are applied", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    for (const folder of ["schema", "client", "mock", "contract"]) {
      workspace.write(
        `packages/${folder}/package.json`,
        JSON.stringify({ name: `@scratch/${folder}`, version: "2.0.0" }),
      );
    }
    expect((await workspace.release("check")).code).toBe(0);
  });

  test("asks a major of the packages that show the names, and a patch of those that only carry the document", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(renaming);
    const { error } = await workspace.release("check");
    expect(error).toContain("@scratch/schema needs a major release");
    expect(error).toContain("@scratch/client needs a major release");
    expect(error).toContain("@scratch/mock needs a patch release");
  });

  test("asks for a patch when the generator makes other code of the same document", async () => {
    using workspace = await releasedWorkspace();
    const index = join(workspace.root, "packages/schema/src/generated/checks.ts");
    workspace.write(
      "packages/schema/src/generated/checks.ts",
      `${readFileSync(index, "utf8")}\nexport const old = 1;\n`,
    );
    workspace.git("commit", "--all", "--quiet", "--message", "Generate with another generator");
    workspace.git("tag", "@scratch/schema@1.0.1");
    await workspace.edit(() => {});
    const { out } = await workspace.release("plan");
    expect(out).toContain("patch  generator-output-changed");
    expect((await workspace.release("check")).error).toContain(
      "@scratch/schema needs a patch release",
    );
  });
});
