import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { checkDocument } from "../../../generate/check-document.ts";
import { emitMethods } from "../../../generate/emit/emit-methods.ts";
import { planGeneration } from "../../../generate/plan-generation.ts";
import type { Editable } from "./base-document.ts";
import { baseDocument } from "./base-document.ts";
import { runRelease } from "../../../release/command/run-release.ts";

/** What a release command printed, and its exit code. */
export interface ReleaseRun {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A git repository with the packages that carry a document, as the release commands expect one. */
export interface ScratchWorkspace extends Disposable {
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Changes the document, and generates its code anew. */
  edit(change: (document: Editable) => void): Promise<void>;
  write(path: string, text: string): void;
  release(...args: readonly string[]): Promise<ReleaseRun>;
}

const folders = ["schema", "client", "mock", "contract"];
const generated = "packages/schema/src/generated";
const methods = "packages/client/src/generated/methods.ts";
const exported: Readonly<Record<string, string>> = {
  schema: "./dist/generated/index.d.ts",
  client: "./dist/generated/methods.d.ts",
};

export async function scratchWorkspace(version = "1.0.0"): Promise<ScratchWorkspace> {
  const root = scratchFolder().path;
  const workspace = workspaceIn(root);
  workspace.write(
    "package.json",
    JSON.stringify({ name: "root", private: true, version: "0.0.0" }),
  );
  workspace.write("pnpm-workspace.yaml", "packages: [packages/*]\n");
  workspace.write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
  const config = { access: "public", baseBranch: "main", updateInternalDependencies: "patch" };
  workspace.write(".changeset/config.json", JSON.stringify(config));
  for (const folder of folders) {
    const name = `@scratch/${folder}`;
    const dependencies = folder === "schema" ? {} : { "@scratch/schema": "workspace:^" };
    workspace.write(
      `packages/${folder}/package.json`,
      JSON.stringify({
        name,
        version,
        dependencies,
        exports: { ".": { types: exported[folder] } },
      }),
    );
  }
  workspace.write("specs/openapi.yaml", JSON.stringify(baseDocument()));
  await workspace.edit(() => {});
  workspace.git("init", "--quiet", "--initial-branch", "main");
  workspace.git("add", "--all");
  workspace.git("commit", "--quiet", "--message", "Begin");
  return workspace;
}

/** The commands on a folder that is there already, such as a clone of a scratch workspace. */
export function workspaceIn(root: string): ScratchWorkspace {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    write,
    git: (...args) => execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" }),
    edit: async (change) => {
      const file = join(root, "specs/openapi.yaml");
      const document: Editable = JSON.parse(readFileSync(file, "utf8"));
      change(document);
      writeFileSync(file, JSON.stringify(document));
      const loaded = await checkDocument(file, { cwd: root });
      const plan = planGeneration(loaded.document, "Generated for a test.");
      for (const [name, text] of plan.files) write(`${generated}/${name}`, text);
      const source = { ...plan, document: loaded.document, report: () => {} };
      write(
        methods,
        emitMethods({ ...source, interfaceName: "PetMethods", schemaModule: "@scratch/schema" }),
      );
    },
    release: async (...args) => {
      let out = "";
      let error = "";
      const code = await runRelease(args, {
        root,
        cwd: root,
        writeOut: (text) => (out += text),
        writeError: (text) => (error += text),
      });
      return { code, out, error };
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

const identity = [
  "-c",
  "user.name=Test",
  "-c",
  "user.email=test@example.invalid",
  "-c",
  "commit.gpgsign=false",
];
