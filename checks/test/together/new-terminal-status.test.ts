import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { syncLogLifecycle } from "@qontext/sync-log-schema";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const scratch = scratchFolder();
const root = scratch.path;
const command = join(root, "packages/cli/dist/main.js");
const ids = [
  "ws_123e4567-e89b-12d3-a456-426614174000",
  "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
] as const;

/** What the copy does without: tests, and files that come and go while other tasks run. */
const left = new Set(["test", "bench", "mutants", "artifacts", ".turbo", ".vite", ".vite-temp"]);

function copyRepository(): void {
  for (const folder of ["specs", "scripts", "packages", "package.json", "tsconfig.base.json"]) {
    cpSync(join(workspaceRoot, folder), join(root, folder), {
      recursive: true,
      // pnpm's links are relative: those between packages lead to the copies.
      verbatimSymlinks: true,
      filter: (path) => !left.has(basename(path)),
    });
  }
  symlinkSync(join(workspaceRoot, "node_modules"), join(root, "node_modules"));
}

/** Adds terminal statuses to the document, and changes nothing else. */
function addTerminalStatuses(outcomes: Readonly<Record<string, string>>): void {
  const file = join(root, "specs/openapi.yaml");
  const lines = Object.entries(outcomes).map(([status, outcome]) => `$1${status}: ${outcome}\n`);
  const document = readFileSync(file, "utf8")
    .replace(/(enum: \[pending, .*)\]/u, `$1, ${Object.keys(outcomes).join(", ")}]`)
    .replace(/( +)completed: success\n/u, `$&${lines.join("")}`);
  writeFileSync(file, document);
}

async function build(name: string): Promise<void> {
  const cwd = join(root, "packages", name);
  rmSync(join(cwd, "dist"), { recursive: true, force: true });
  await runCommand(join(workspaceRoot, "node_modules/.bin/tsc"), ["-p", "tsconfig.build.json"], {
    cwd,
  });
}

beforeAll(async () => {
  copyRepository();
  addTerminalStatuses({ cancelled: "cancelled", expired: "failure" });
  await runCommand(process.execPath, ["generate/main.ts"], { cwd: join(root, "scripts") });
  await build("schema");
  await build("client");
  const client = join(root, "packages/client");
  await runCommand(join(client, "node_modules/.bin/rolldown"), ["-c", "rolldown.config.mjs"], {
    cwd: client,
  });
  await Promise.all([build("cli"), build("mock")]);
});

afterAll(() => scratch[Symbol.dispose]());

/** Watches a sync log that has this status from the start. */
async function watch(status: string): Promise<{ readonly code: number; readonly stdout: string }> {
  const example = JSON.parse(readFileSync(join(root, "specs/examples/completed.json"), "utf8"));
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ...example, status }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    return await runCommand(process.execPath, [command, "watch", ...ids, "--json"], {
      cwd: root,
      env: { QONTEXT_API_KEY: "q_sk_test", QONTEXT_BASE_URL: `http://127.0.0.1:${port}` },
      codes: [0, 10, 11, 12],
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What a command prints for `--help`. */
async function help(file: string): Promise<string> {
  const { stdout } = await runCommand(process.execPath, [join(root, file), "--help"], {
    cwd: root,
  });
  return stdout;
}

describe("a terminal status that is added to the document, after pnpm generate", () => {
  test.each([
    ["cancelled", 11],
    ["expired", 10],
    ["stopped", 11],
    ["completed", 0],
  ])("ends `sync-log watch` with the exit code of its outcome: %s %i", async (status, exitCode) => {
    const { code, stdout } = await watch(status);
    expect(JSON.parse(stdout)).toMatchObject({ status, isTerminal: true });
    expect(code).toBe(exitCode);
  });

  test("has the color of its outcome", async () => {
    const { styleOfStatus } = await import(join(root, "packages/cli/dist/text/styled-line.js"));
    expect(styleOfStatus("cancelled")).toBe(styleOfStatus("stopped"));
    expect(styleOfStatus("expired")).toBe(styleOfStatus("failed"));
    expect(styleOfStatus("expired")).not.toBe(styleOfStatus("cancelled"));
    expect(styleOfStatus("cancelled")).not.toBe(styleOfStatus("ingesting"));
  });

  test("is in the help and the lists of the commands", async () => {
    expect(await help("packages/cli/dist/main.js")).toContain(
      "0 completed or skipped   10 expired or failed   11 cancelled or stopped   12 still running",
    );
    expect(await help("packages/mock/dist/main.js")).toContain(
      "(completed, cancelled, expired, failed, stopped, skipped)",
    );
  });
});

describe("the lists of terminal statuses", () => {
  const status = `(?:${Object.keys(syncLogLifecycle.terminal).join("|")})`;
  const list = new RegExp(
    Array(3)
      .fill(status)
      .join(String.raw`\W+(?:or |and )?\W*`),
    "u",
  );
  const sources = publishedPackages().flatMap(({ dir }) =>
    readdirSync(join(dir, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("generated"))
      .map((file) => join(dir, "src", file)),
  );
  const guides = readdirSync(join(workspaceRoot, "docs/guides")).map((file) =>
    join(workspaceRoot, "docs/guides", file),
  );
  const readmes = publishedPackages().map(({ dir }) => join(dir, "README.md"));

  test("are written in no source and no guide", () => {
    const texts = [...sources, ...guides, ...readmes];
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter((file) => list.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  test.each([
    '["completed", "failed", "stopped", "skipped"]',
    "`completed`, `failed` or `stopped`",
    "completed | stopped | skipped",
  ])("would be found: %s", (text) => {
    expect(text).toMatch(list);
  });
});
