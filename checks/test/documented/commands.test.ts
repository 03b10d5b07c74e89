import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentedCode } from "./documentation.ts";
import type { DocumentedCode } from "./documentation.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import {
  publishedPackages,
  workspacePackages,
  workspaceRoot,
} from "@qontext/sync-log-test-support/workspace";
import type { Manifest } from "@qontext/sync-log-test-support/workspace";

const scratch = scratchFolder();
const binDir = join(scratch.path, "bin");
/** As `npm init --yes` makes it, where the packages are found; the README's program is saved in it. */
const project = join(workspaceRoot, "checks/artifacts/documented-project");
let mock: MockServer;

/** The file behind each command that the packages publish: by the command's name and by the package's. */
function publishedCommands(): ReadonlyMap<string, string> {
  return new Map(
    publishedPackages().flatMap(({ dir, manifest }) =>
      Object.entries(manifest.bin ?? {}).flatMap(([name, file]): [string, string][] => [
        [name, join(dir, file)],
        [manifest.name, join(dir, file)],
      ]),
    ),
  );
}

const commands = publishedCommands();

/** Puts the published commands on a path of their own, and an `npx` that finds them as the registry's would. */
function writeCommands(): void {
  mkdirSync(binDir);
  const write = (name: string, script: string): void => {
    writeFileSync(join(binDir, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(binDir, name), 0o755);
  };
  const cases = [...commands].map(
    ([name, file]) => `"${name}") shift; exec "${process.execPath}" "${file}" "$@" ;;`,
  );
  write("npx", `case "$1" in\n${cases.join("\n")}\n*) echo "no package $1" >&2; exit 1 ;;\nesac`);
  for (const [name, file] of commands) {
    if (!name.startsWith("@")) write(name, `exec "${process.execPath}" "${file}" "$@"`);
  }
}

function writeProject(): void {
  mkdirSync(project, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(project, name), text);
  write("package.json", JSON.stringify({ name: "project", version: "1.0.0", type: "commonjs" }));
  const program = documentedCode("ts").find(({ file }) => file === "README.md");
  write("wait.mjs", program?.code ?? "");
}

beforeAll(async () => {
  const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
  mock = await startMockServer({ apiKeys: { q_sk_example: [workspaceId] } });
  writeCommands();
  writeProject();
});
afterAll(async () => {
  await mock.close();
  scratch[Symbol.dispose]();
});

const blocks = documentedCode("sh").map(
  (block) => [`${block.file}, block ${block.number}`, block] as const,
);

/** What a step of a block is, by how it begins; any other step fails the test, which must then learn it. */
const kinds = {
  /** Verbs of the workspace: they run in other tests, or run the tests; here it counts that they exist. */
  workspace:
    /^(?:\w+=\S+ )*(?:npm (?:start|test)|(?:npm run |pnpm (?:--filter \S+ )?(?:run )?)([\w:-]+))\b/u,
  installation: /^npm install (?:--?\S+ )*(.*)$/u,
  /** What needs a repository, or a service that is not ours. */
  elsewhere: /^(?:\w+=\S+ )*(?:git |npx turborepo-remote-cache)/u,
  runnable:
    /^(?:\w+=\S+ )*(?:npx (?:@qontext\/)?sync-log|sync-log|echo |curl |export |node wait\.mjs)/u,
} as const;

/** Verbs of pnpm itself. */
const pnpmVerbs = ["install", "exec", "add"];

function stepsOf({ code }: DocumentedCode): readonly string[] {
  return code
    .replaceAll(/\\\n\s*/gu, "")
    .split(/\n| && /u)
    .map((step) => step.replace(/ +#.*$/u, "").trim())
    .filter((step) => step !== "" && !step.startsWith("#"));
}

/** The scripts of the workspace's root and of every package. */
function workspaceScripts(): ReadonlySet<string> {
  const root = JSON.parse(readFileSync(join(workspaceRoot, "package.json"), "utf8")) as Manifest;
  const manifests = [root, ...workspacePackages().map(({ manifest }) => manifest)];
  return new Set(manifests.flatMap(({ scripts }) => Object.keys(scripts ?? {})));
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: [binDir, process.env["PATH"]].join(delimiter),
    HOME: scratch.path,
    QONTEXT_API_KEY: "q_sk_example",
    QONTEXT_BASE_URL: mock.url,
  };
}

/** A mock that a block starts runs until it is stopped: it must say where it listens, and end when it is asked to. */
async function runMockCommand(line: string): Promise<void> {
  const child = spawn("bash", ["-c", `exec ${line.replace(/--port \d+/u, "--port 0")}`], {
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output]: Buffer[] = await once(child.stdout, "data");
  expect(String(output)).toContain("http://127.0.0.1:");
  child.kill("SIGTERM");
  const [code]: unknown[] = await once(child, "exit");
  expect(code).toBe(0);
}

describe("the commands of the documentation", () => {
  test("there are some", () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(commands.size).toBeGreaterThan(2);
  });

  describe.each(blocks)("%s", (_, block) => {
    const steps = stepsOf(block);

    test("has steps that this test knows", () => {
      const patterns = Object.values(kinds);
      expect(steps.filter((step) => !patterns.some((pattern) => pattern.test(step)))).toEqual([]);
    });

    test("names verbs and packages of this workspace", () => {
      const verbs = steps.flatMap((step) => step.match(kinds.workspace)?.[1] ?? []);
      const known = new Set([...workspaceScripts(), ...pnpmVerbs]);
      expect(verbs.filter((verb) => !known.has(verb))).toEqual([]);
      const names = steps
        .flatMap((step) => step.match(kinds.installation)?.[1]?.split(" ") ?? [])
        .filter((name) => name.startsWith("@qontext/"));
      const published = publishedPackages().map(({ manifest }) => manifest.name);
      expect(published).toEqual(expect.arrayContaining(names));
    });

    test("runs against the mock", async () => {
      const runnable = steps.filter((step) => kinds.runnable.test(step));
      const mocks = runnable.filter((step) => /sync-log-mock(?! --help)/u.test(step));
      for (const step of mocks) await runMockCommand(step);
      const script = runnable
        .filter((step) => !mocks.includes(step))
        .join("\n")
        .replaceAll("http://127.0.0.1:4010", mock.url)
        .concat("\ntrue");
      const { code } = await runCommand("bash", ["--norc", "-euo", "pipefail", "-c", script], {
        cwd: project,
        env: environment(),
      });
      expect(code).toBe(0);
    });
  });
});

describe("the JavaScript of the documentation", () => {
  test.each(
    documentedCode("js").map((block) => [`${block.file}, ${block.number}`, block] as const),
  )("%s runs", async (_, { code }) => {
    const folder = join(workspaceRoot, "checks/artifacts/documented-scripts");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "block.mjs"), code);
    const { stdout } = await runCommand(process.execPath, ["block.mjs"], { cwd: folder });
    // What the block says it prints, in comments of whole lines.
    const said = [...code.matchAll(/^\/\/ (.*)$/gmu)].map(([, line]) => line);
    for (const line of said) expect(stdout).toContain(line);
  });
});
