import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { rolldown } from "rolldown";
import { workspaceRoot } from "./workspace.ts";

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

const smoke = join(workspaceRoot, "packages/integration/smoke");
const installed = join(workspaceRoot, "packages/runtimes/node_modules");
const chromiumPath = "/usr/bin/chromium";

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
  { name: "Chromium", isPresent: () => existsSync(chromiumPath), run: runOnChromium },
];

function onCommandLine(name: string, file: string, args: readonly string[]): Runtime {
  return {
    name,
    isPresent: () => existsSync(file),
    async run(config) {
      const script = join(smoke, "on-command-line.mjs");
      const { stdout } = await promisify(execFile)(
        file,
        [...args, script, JSON.stringify(config)],
        {
          timeout: 60_000,
        },
      );
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
  const folder = mkdtempSync(join(tmpdir(), "smoke-workerd-"));
  const port = await freePort();
  writeFileSync(join(folder, "worker.mjs"), await bundle("on-worker.mjs"));
  writeFileSync(
    join(folder, "config.capnp"),
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
  const server = spawn(join(installed, ".bin/workerd"), ["serve", join(folder, "config.capnp")], {
    stdio: ["ignore", "ignore", "inherit"],
    // The command is a shell script around the server: both end when their group does.
    detached: true,
  });
  try {
    return await postWhenListening(`http://127.0.0.1:${port}`, config);
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid);
    rmSync(folder, { recursive: true });
  }
}

async function postWhenListening(url: string, config: SmokeConfig): Promise<unknown> {
  const giveUpAtMs = Date.now() + 30_000;
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

async function runOnChromium(config: SmokeConfig): Promise<unknown> {
  const code = await bundle("run-smoke.mjs");
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
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
