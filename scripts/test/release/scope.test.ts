import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renameScope } from "../../release/scope/rename-scope.ts";
import type { ScratchWorkspace } from "./support/scratch-workspace.ts";
import { scratchWorkspace } from "./support/scratch-workspace.ts";

// The names are put together here, so that renaming the workspace's own scope leaves the test alone.
const old = ["@old", "sync-log-schema"].join("/");
const renamed = ["@acme", "sync-log-schema"].join("/");

async function scopedWorkspace(): Promise<ScratchWorkspace> {
  const workspace = await scratchWorkspace();
  workspace.write("packages/schema/package.json", JSON.stringify({ name: old, version: "1.0.0" }));
  workspace.write("docs/guide.md", `npm install ${old}\nhttps://old.example is not a package.\n`);
  workspace.write("ignored/notes.md", old);
  workspace.write(".gitignore", "ignored/\n");
  workspace.git("add", "--all");
  workspace.git("commit", "--quiet", "--message", "Name the packages");
  return workspace;
}

describe("pnpm scope", () => {
  test("renames manifests and docs, and nothing that git ignores", async () => {
    using workspace = await scopedWorkspace();
    const changed = renameScope(workspace.root, "@acme");
    expect(changed).toEqual(["docs/guide.md", "packages/schema/package.json"]);
    const guide = readFileSync(join(workspace.root, "docs/guide.md"), "utf8");
    expect(guide).toBe(`npm install ${renamed}\nhttps://old.example is not a package.\n`);
    expect(readFileSync(join(workspace.root, "ignored/notes.md"), "utf8")).toBe(old);
  });

  test("goes back to the same bytes", async () => {
    using workspace = await scopedWorkspace();
    renameScope(workspace.root, "@acme");
    renameScope(workspace.root, "@old");
    expect(workspace.git("status", "--porcelain")).toBe("");
  });

  test.each(["acme", "@Acme", "@", "@acme/x", "@../x"])("refuses %s", async (scope) => {
    using workspace = await scopedWorkspace();
    expect(() => renameScope(workspace.root, scope)).toThrow(/is not a scope/u);
  });

  test("refuses a scope that files already mention, because the renaming could not be undone", async () => {
    using workspace = await scopedWorkspace();
    workspace.write("docs/other.md", renamed);
    expect(() => renameScope(workspace.root, "@acme")).toThrow(/docs\/other\.md already mentions/u);
  });
});
