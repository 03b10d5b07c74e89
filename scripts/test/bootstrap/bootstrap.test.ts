import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const scripts = join(import.meta.dirname, "..", "..");

let scratch: ReturnType<typeof scratchFolder>;
let clone = "";

beforeEach(() => {
  scratch = scratchFolder();
  clone = scratch.path;
  mkdirSync(join(clone, "scripts"));
  cpSync(join(scripts, "bootstrap.mjs"), join(clone, "scripts", "bootstrap.mjs"));
  cpSync(join(scripts, "bootstrap"), join(clone, "scripts", "bootstrap"), { recursive: true });
});

afterEach(() => scratch[Symbol.dispose]());

/** Runs the bootstrap of the clone on a PATH that has Node, npm and the system's commands, and no tool of this workspace. */
function bootstrap(options: {
  readonly nodeArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}) {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const run = spawnSync(
    process.execPath,
    [...(options.nodeArgs ?? []), join(clone, "scripts", "bootstrap.mjs"), "start"],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: [dirname(process.execPath), ...path].join(delimiter),
        ...options.env,
      },
    },
  );
  return { code: run.status, sentences: run.stderr.trim().split("\n") };
}

/** Pretends that pnpm is installed, by a script in its place. */
function installPnpmStandIn(script: string): void {
  const bin = join(clone, ".tools", "node_modules", ".bin");
  mkdirSync(bin, { recursive: true });
  const lock = readFileSync(join(clone, "scripts", "bootstrap", "package-lock.json"));
  writeFileSync(join(clone, ".tools", "installed-lock.json"), lock);
  writeFileSync(join(bin, "pnpm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "pnpm"), 0o755);
}

describe("the bootstrap of a fresh machine", () => {
  test("tells a Node that is too old what to install", () => {
    const older = `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.18.3" })`;
    const { code, sentences } = bootstrap({ nodeArgs: ["--import", older] });
    expect(code).toBe(1);
    expect(sentences).toEqual([
      expect.stringMatching(/needs Node 20\.19 or newer, and this is Node 20\.18\.3: install/u),
    ]);
  });

  test("says that the registry cannot be reached while it installs pnpm", () => {
    const cache = join(clone, "npm-cache");
    const env = { npm_config_registry: "http://127.0.0.1:9", npm_config_cache: cache };
    const { code, sentences } = bootstrap({ env });
    expect(code).toBe(1);
    expect(sentences.at(-1)).toMatch(
      /registry cannot be reached, so pnpm cannot be installed: check/u,
    );
  });

  test("says that the registry cannot be reached while pnpm installs the packages", () => {
    installPnpmStandIn("echo 'tcp connect error: ECONNREFUSED' >&2; exit 1");
    const { code, sentences } = bootstrap({});
    expect(code).toBe(1);
    expect(sentences.at(-1)).toMatch(
      /registry cannot be reached, so the packages cannot be installed/u,
    );
  });

  test("names the log when the packages cannot be installed for another reason", () => {
    installPnpmStandIn("echo 'ERR_PNPM_OUTDATED_LOCKFILE' >&2; exit 1");
    const { code, sentences } = bootstrap({});
    expect(code).toBe(1);
    expect(sentences.at(-1)).toMatch(
      /failed: read .*install\.log, or delete the folders node_modules/u,
    );
    expect(readFileSync(join(clone, ".tools", "install.log"), "utf8")).toContain(
      "OUTDATED_LOCKFILE",
    );
  });

  test("says that an install without its tools is broken", () => {
    installPnpmStandIn("exit 0");
    const { code, sentences } = bootstrap({});
    expect(code).toBe(1);
    expect(sentences.at(-1)).toMatch(
      /The install is broken, turbo does not start \(.+\): delete the folders/u,
    );
  });
});
