import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { hasBrowser, launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { installTools } from "@qontext/sync-log-test-support/install-tools";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { rolldown } from "rolldown";

/** What a run of the smoke suite is told. */
export interface SmokeConfig {
  readonly url: string;
  readonly workspaceId: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A runtime that the smoke suite can run on. */
export interface Runtime {
  readonly name: string;
  isPresent(): boolean;
  run(config: SmokeConfig): Promise<unknown>;
}

const smoke = join(workspaceRoot, "checks/smoke");
const runtimesFolder = join(workspaceRoot, "checks/runtimes");
const installed = join(runtimesFolder, "node_modules");
// A runtime that the registry does not have for this machine is left out.
await installTools(runtimesFolder);

/** All of them; the machine's own Node is one of those by version. */
export const runtimes: readonly Runtime[] = [
  onCommandLine("Node 20", join(installed, "n20/bin/node"), []),
  onCommandLine("Node 22", join(installed, "n22/bin/node"), []),
  onCommandLine("Node 24", process.execPath, []),
  onCommandLine("Node 26", join(installed, "n26/bin/node"), []),
  onCommandLine("Bun", join(installed, ".bin/bun"), ["run"]),
  onCommandLine("Deno", join(installed, ".bin/deno"), [
    "run",
    "--allow-net=127.0.0.1",
    "--node-modules-dir=manual",
    "--no-remote",
    "--no-prompt",
  ]),
  {
    name: "workerd",
    isPresent: () => existsSync(join(installed, ".bin/workerd")),
    run: runOnWorkerd,
  },
  { name: "Chromium", isPresent: () => hasBrowser, run: runOnChromium },
];

function onCommandLine(name: string, file: string, args: readonly string[]): Runtime {
  return {
    name,
    isPresent: () => existsSync(file),
    async run(config) {
      const script = join(smoke, "on-command-line.mjs");
      const { stdout } = await runCommand(file, [...args, script, JSON.stringify(config)], {
        cwd: smoke,
      });
      return JSON.parse(stdout);
    },
  };
}

/** The suite and the client as one module, as an application's bundler makes it. */
async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ input: join(smoke, entry), platform: "browser" });
  const { output } = await build.generate({ format: "esm" });
  return output[0].code;
}

async function runOnWorkerd(config: SmokeConfig): Promise<unknown> {
  using folder = scratchFolder();
  const port = await freePort();
  writeFileSync(join(folder.path, "worker.mjs"), await bundle("on-worker.mjs"));
  writeFileSync(
    join(folder.path, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`,
  );
  const server = spawn(
    join(installed, ".bin/workerd"),
    ["serve", join(folder.path, "config.capnp")],
    {
      stdio: ["ignore", "ignore", "inherit"],
      // The command is a shell script around the server: both end when their group does.
      detached: true,
    },
  );
  try {
    return await postWhenListening(`http://127.0.0.1:${port}`, config);
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid);
  }
}

async function postWhenListening(url: string, config: SmokeConfig): Promise<unknown> {
  const giveUpAtMs = Date.now() + 60_000;
  for (;;) {
    try {
      const response = await fetch(url, { method: "POST", body: JSON.stringify(config) });
      return await response.json();
    } catch (error) {
      if (Date.now() > giveUpAtMs) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

async function runOnChromium(config: SmokeConfig): Promise<unknown> {
  const code = await bundle("run-smoke.mjs");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
    // As text: what compiles this file would change the import into one of its own.
    return await page.evaluate(
      `import(${JSON.stringify(url)}).then((smoke) => smoke.runSmoke(${JSON.stringify(config)}))`,
    );
  } finally {
    await browser.close();
  }
}
