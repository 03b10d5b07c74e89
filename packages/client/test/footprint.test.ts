import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installedWith, publishedBytes } from "@qontext/sync-log-test-support/installed-with";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const root = join(import.meta.dirname, "..");

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, { readonly default?: string }>>;
}

function readManifest(folder: string): Manifest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a package.json has this shape
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

const run = (script: string): string =>
  execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });

it("installs at most five packages and one megabyte, one of them from elsewhere", () => {
  const { dependencies = {} } = readManifest(root);
  const elsewhere = Object.keys(dependencies).filter((name) => !name.startsWith("@qontext/"));
  expect(elsewhere).toEqual(["openapi-fetch"]);
  const folders = [...installedWith(root)];
  expect(folders.length).toBeLessThanOrEqual(5);
  expect(folders.reduce((sum, folder) => sum + publishedBytes(folder), 0)).toBeLessThan(1_000_000);
});

it("has one file for each entry, which loads no other of the package", () => {
  for (const { default: file } of Object.values(readManifest(root).exports ?? {})) {
    if (file === undefined) continue;
    expect(file).toMatch(/^\.\/dist\/.+\.js$/);
    const code = readFileSync(join(root, file), "utf8");
    expect(code).not.toMatch(/from\s*["'`](?!node:)/);
  }
});

it("loads nothing of undici when it is imported or a client is created", () => {
  const entry = JSON.stringify(join(root, "dist/index.js"));
  const code = `const { createSyncLogClient } = await import(${entry});
createSyncLogClient({ apiKey: "q_sk_test" });
process.stdout.write(process.moduleLoadList.filter((name) => name.includes("undici")).join());`;
  expect(run(code)).toBe("");
  // The check itself sees undici where it is loaded.
  expect(run(`Headers; ${code}`)).toContain("undici");
});

it("fails its size limit when it grows", () => {
  const file = join(root, "dist/index.js");
  const limit = { path: file, import: "{ createSyncLogReader }", limit: "1 kB", gzip: true };
  using folder = scratchFolder({ "limits.json": JSON.stringify([limit]) });
  const bin = join(root, "node_modules/.bin/size-limit");
  const { status, stdout } = spawnSync(bin, ["--config", join(folder.path, "limits.json")], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stdout).toContain("exceeded");
  expect(status).toBe(1);
});
