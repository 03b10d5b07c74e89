import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
  readonly verb?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}) {
  const { nodeArgs = [], verb = ["start"] } = options;
  const run = spawnSync(
    process.execPath,
    [...nodeArgs, join(clone, "scripts", "bootstrap.mjs"), ...verb],
    { encoding: "utf8", env: { ...process.env, PATH: freshPath(), ...options.env } },
  );
  return { code: run.status, sentences: run.stderr.trim().split("\n") };
}

function freshPath(): string {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  return [dirname(process.execPath), ...path].join(delimiter);
}

/** Pretends that pnpm is installed, by a script in its place. */
function installPnpmStandIn(script: string): void {
  const lock = readFileSync(join(clone, "scripts", "bootstrap", "package-lock.json"));
  installStandIn(".tools/node_modules/.bin/pnpm", script);
  writeFileSync(join(clone, ".tools", "installed-lock.json"), lock);
}

function installStandIn(path: string, script: string): void {
  const file = join(clone, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
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

const ran = (): string => readFileSync(join(clone, "ran"), "utf8");

describe("where only the clone has pnpm", () => {
  beforeEach(() => {
    installPnpmStandIn(`echo "pnpm $*" >> "${clone}/ran"`);
    installStandIn("node_modules/.bin/turbo", `echo "turbo $*" >> "${clone}/ran"; echo 2.0.0`);
  });

  test("the packages are packed by it, without what another build left in them", () => {
    for (const file of ["pack.ts", "empty-dists.ts"]) {
      cpSync(join(scripts, file), join(clone, "scripts", file));
    }
    const planted = join(clone, "packages", "one", "dist", "stale.js");
    mkdirSync(dirname(planted), { recursive: true });
    writeFileSync(planted, "");
    expect(bootstrap({ verb: ["pack", "../tarballs"] })).toMatchObject({ code: 0 });
    expect(existsSync(planted)).toBe(false);
    const destination = join(dirname(clone), "tarballs");
    expect(ran()).toMatch(/^turbo run build .*\npnpm .* pack --pack-destination /mu);
    expect(ran()).toContain(`--pack-destination ${destination}\n`);
  });

  test("packing without a folder says what is lacking", () => {
    for (const file of ["pack.ts", "empty-dists.ts"]) {
      cpSync(join(scripts, file), join(clone, "scripts", file));
    }
    const { code, sentences } = bootstrap({ verb: ["pack"] });
    expect({ code, sentences }).toEqual({
      code: 2,
      sentences: [expect.stringMatching(/^usage: npm run pack:all -- DIR/u)],
    });
  });

  test("the line of CONTRIBUTING.md makes it the shell's own", () => {
    const page = readFileSync(join(scripts, "..", "CONTRIBUTING.md"), "utf8");
    const [line = ""] = /^export PATH=.*$/mu.exec(page) ?? [];
    const script = `command -v pnpm && exit 1; ${line}; pnpm build && turbo --version`;
    const shell = spawnSync("sh", ["-c", script], {
      cwd: clone,
      encoding: "utf8",
      env: { ...process.env, PATH: freshPath() },
    });
    expect(shell).toMatchObject({ status: 0, stderr: "" });
    expect(ran()).toBe("pnpm build\nturbo --version\n");
  });
});
