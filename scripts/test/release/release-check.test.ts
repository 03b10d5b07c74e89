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
      "@scratch/schema, @scratch/client, @scratch/mock, @scratch/contract need a major release, but no release is pending.\n" +
        "  Pet.nick: the property is removed (in answers): consumers that read it find nothing. Stop reading it.\n",
    );
    // One reason is given once.
    expect(error.match(/Pet\.nick/gu)).toHaveLength(1);
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

  test("keeps a draft that a person has changed, and adds only what is still lacking", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(breaking);
    await workspace.release("draft");
    const file = draftIn(workspace.root);
    const edited = `${readFileSync(join(workspace.root, ".changeset", file), "utf8")}\nRead \`name\` instead.\n`;
    workspace.write(`.changeset/${file}`, edited);
    const again = await workspace.release("draft");
    expect(again.out).toContain(`Kept .changeset/${file}, which was changed by hand.`);
    expect(again.out).toContain("The pending changesets cover every change");
    workspace.write(`.changeset/${file}`, edited.replaceAll(": major", ": minor"));
    const lacking = await workspace.release("draft");
    expect(lacking.out).toMatch(/Wrote \.changeset\/spec-[0-9a-f]{8}\.md \(major\)/u);
    expect(readFileSync(join(workspace.root, ".changeset", file), "utf8")).toContain(
      "Read `name` instead.",
    );
    expect((await workspace.release("check")).code).toBe(0);
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
    expect(error).toContain("@scratch/schema, @scratch/client need a major release");
    expect(error).toContain("`createPet` is now called `addPet`");
    expect(error).toContain("@scratch/mock, @scratch/contract need a patch release");
  });

  test("asks for a patch for whatever changes the document, and says what it was", async () => {
    using workspace = await releasedWorkspace();
    await workspace.edit(
      (document) => (document.components.schemas.Pet.required = ["owner", "place", "id", "status"]),
    );
    const { error } = await workspace.release("check");
    expect(error).toContain("need a patch release");
    expect(error).toContain("its SHA-256 goes from");
  });

  test("says that a major after 0.x is 1.0.0", async () => {
    using workspace = await scratchWorkspace("0.4.0");
    workspace.git("tag", "@scratch/schema@0.4.0");
    await workspace.edit(breaking);
    expect((await workspace.release("plan")).out).toContain("After 0.4.0 a major release is 1.0.0");
  });

  test("says that the generated code is not that of the document", async () => {
    using workspace = await releasedWorkspace();
    const document = readFileSync(join(workspace.root, "specs/openapi.yaml"), "utf8");
    workspace.write("specs/openapi.yaml", document.replace('"nick"', '"nickname"'));
    expect((await workspace.release("plan")).out).toContain("run pnpm generate");
  });

  test("says in a sentence that no code can be generated, and fails with 2", async () => {
    using workspace = await releasedWorkspace();
    const document = readFileSync(join(workspace.root, "specs/openapi.yaml"), "utf8");
    workspace.write("specs/openapi.yaml", document.replace('"getPet"', '"createPet"'));
    const { code, error } = await workspace.release("check");
    expect([code, error]).toEqual([2, expect.stringContaining("No code can be generated from")]);
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
    expect(out).toContain("(generator-output-changed)");
    expect((await workspace.release("check")).error).toContain(
      "@scratch/schema needs a patch release",
    );
  });
});
