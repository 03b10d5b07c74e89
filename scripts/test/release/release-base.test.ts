import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, test } from "vitest";
import type { ScratchWorkspace } from "./support/scratch-workspace.ts";
import { scratchWorkspace, workspaceIn } from "./support/scratch-workspace.ts";

function clone(of: ScratchWorkspace, ...options: readonly string[]): ScratchWorkspace {
  const scratch = scratchFolder();
  const root = join(scratch.path, "clone");
  execFileSync("git", ["clone", "--quiet", ...options, pathToFileURL(of.root).href, root]);
  return { ...workspaceIn(root), [Symbol.dispose]: () => scratch[Symbol.dispose]() };
}

/** A workspace with a release behind it, and a commit after. */
async function workspaceAfterRelease() {
  const workspace = await scratchWorkspace();
  workspace.git("tag", "@scratch/schema@1.0.0");
  await workspace.edit((document) => (document.info.description = "Pets."));
  workspace.git("commit", "--all", "--quiet", "--message", "Say it shorter");
  return workspace;
}

describe("what a plan compares with", () => {
  test("is the newest release, by version", async () => {
    using workspace = await workspaceAfterRelease();
    workspace.git("tag", "@scratch/schema@1.9.0", "HEAD~1");
    workspace.git("tag", "@scratch/schema@1.10.0", "HEAD");
    workspace.git("tag", "@scratch/schema@2.0.0-next.0", "HEAD");
    const { compared } = JSON.parse((await workspace.release("plan", "--json")).out);
    expect(compared.base).toBe("@scratch/schema@1.10.0");
  });

  test("is no release that was made on another branch", async () => {
    using workspace = await workspaceAfterRelease();
    workspace.git("checkout", "--quiet", "-b", "other", "HEAD~1");
    await workspace.edit((document) => (document.info.description = "Animals."));
    workspace.git("commit", "--all", "--quiet", "--message", "Describe it");
    workspace.git("tag", "@scratch/schema@3.0.0");
    workspace.git("checkout", "--quiet", "main");
    const { compared } = JSON.parse((await workspace.release("plan", "--json")).out);
    expect(compared.base).toBe("@scratch/schema@1.0.0");
  });

  test("is any commit that is named", async () => {
    using workspace = await workspaceAfterRelease();
    const { out } = await workspace.release("plan", "--base", "HEAD~1");
    expect(out).toContain("The next release must be at least patch");
  });

  test("is the release in a detached clone too", async () => {
    using workspace = await workspaceAfterRelease();
    using detached = clone(workspace);
    detached.git("checkout", "--quiet", "--detach", "HEAD");
    const { code, error } = await detached.release("check");
    expect([code, error]).toEqual([1, expect.stringContaining("need a patch release")]);
  });

  test("is said to be missing in a shallow clone, with how to get it, and the check passes", async () => {
    using workspace = await workspaceAfterRelease();
    using shallow = clone(workspace, "--depth", "1");
    const { code, error } = await shallow.release("check");
    expect(code).toBe(0);
    expect(error).toContain("This shallow clone has no tag @scratch/schema@1.0.0");
    expect(error).toContain("git fetch --unshallow --tags");
  });

  test.each([["plan"], ["draft"], ["check", "--strict"]])(
    "fails %s %s in a shallow clone",
    async (...args) => {
      using workspace = await workspaceAfterRelease();
      using shallow = clone(workspace, "--depth", "1");
      expect((await shallow.release(...args)).code).toBe(2);
    },
  );

  test("is nothing before the first release, which is fine", async () => {
    using workspace = await scratchWorkspace("0.0.0");
    for (const command of ["plan", "check", "draft"]) {
      const { code, error } = await workspace.release(command);
      expect([code, error]).toEqual([0, expect.stringContaining("has never been released")]);
    }
  });

  test("is refused when the named commit is not in the clone", async () => {
    using workspace = await scratchWorkspace();
    const { code, error } = await workspace.release("check", "--base", "nowhere");
    expect([code, error]).toEqual([2, expect.stringContaining("There is no commit `nowhere`")]);
  });

  test("is never read as an option of git", async () => {
    using workspace = await scratchWorkspace();
    expect((await workspace.release("plan", "--base=--output=x")).code).toBe(2);
  });
});
