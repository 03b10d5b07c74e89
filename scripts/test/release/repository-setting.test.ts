import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test } from "vitest";
import { readRepository } from "../../generate/repository-fields.ts";
import { stampManifests } from "../../generate/stamp-manifests.ts";
import { scratchWorkspace } from "./support/scratch-workspace.ts";
import type { ScratchWorkspace } from "./support/scratch-workspace.ts";

const url = "https://github.com/acme/sync-log";

const setRepository = (workspace: ScratchWorkspace, repository: unknown): void =>
  workspace.write("package.json", JSON.stringify({ name: "root", private: true, repository }));

/** What `pnpm generate` does to the manifests. */
async function stamp(workspace: ScratchWorkspace): Promise<void> {
  const { root } = workspace;
  const document = JSON.parse(readFileSync(join(root, "specs/openapi.yaml"), "utf8"));
  for (const [path, text] of await stampManifests(root, document)) {
    workspace.write(path.slice(root.length + 1), text);
  }
}

test("release:check --publish fails until the repository is set and written into every manifest", async () => {
  using workspace = await scratchWorkspace("0.0.0");
  expect(await workspace.release("check")).toMatchObject({ code: 0 });
  expect(await workspace.release("check", "--publish")).toMatchObject({
    code: 1,
    error: expect.stringMatching(/set `repository` in the root package\.json.*pnpm generate/u),
  });

  setRepository(workspace, `git+${url}.git`);
  const { code, error } = await workspace.release("check", "--publish");
  expect(code).toBe(1);
  expect(error).toContain(
    `packages/mock/package.json does not say that it is of ${url}: run pnpm generate.`,
  );

  await stamp(workspace);
  const manifest = JSON.parse(
    readFileSync(join(workspace.root, "packages/client/package.json"), "utf8"),
  );
  expect(manifest).toMatchObject({
    repository: { type: "git", url: `git+${url}.git`, directory: "packages/client" },
    homepage: `${url}/tree/main/packages/client#readme`,
    bugs: `${url}/issues`,
  });
  workspace.write(".github/CODEOWNERS", "# @qontext/team\n* @qontext/sync-log-maintainers\n");
  expect(await workspace.release("check", "--publish")).toMatchObject({
    code: 1,
    error: expect.stringContaining("names @qontext/sync-log-maintainers, which is no team of acme"),
  });
  workspace.write(".github/CODEOWNERS", "* @acme/maintainers @somebody\n");
  expect((await workspace.release("check", "--publish")).code).toBe(0);

  setRepository(workspace, undefined);
  await stamp(workspace);
  expect(readFileSync(join(workspace.root, "packages/client/package.json"), "utf8")).not.toMatch(
    /repository|homepage|bugs/u,
  );
});

test.each([
  [url, url],
  [`${url}.git`, url],
  ["github:acme/sync-log", url],
  ["acme/sync-log", url],
  [{ type: "git", url: `git+${url}.git` }, url],
  ["https://git.example/group/team/sync-log", "https://git.example/group/team/sync-log"],
  [undefined, undefined],
])("%j is the repository %s", (setting, expected) => {
  using workspace = scratchFolder({ "package.json": JSON.stringify({ repository: setting }) });
  expect(readRepository(workspace.path)).toBe(expected);
});

test.each(["git@github.com:acme/sync-log.git", "https://github.com", 7, {}])(
  "%j is refused as a repository",
  (setting) => {
    using workspace = scratchFolder({ "package.json": JSON.stringify({ repository: setting }) });
    expect(() => readRepository(workspace.path)).toThrow("https://github.com/OWNER/NAME");
  },
);
