import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { documentedCode, documentedLanguages } from "./documentation.ts";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

/** Below this package, so that the blocks find its dependencies, which are the workspace's packages. */
const folder = join(import.meta.dirname, "../../artifacts/documented-code");

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2023",
  lib: ["es2023", "dom", "esnext.disposable"],
  module: "nodenext",
  moduleDetection: "force",
  // The declarations, too: an installation has no other types than those that its packages bring.
  skipLibCheck: false,
  types: ["node"],
};

async function typeCheck(sources: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), source);
  const files = Object.keys(sources);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  await runCommand(tsc, ["-p", "tsconfig.json"], { cwd: folder });
}

describe("the TypeScript of the documentation", () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  const blocks = documentedCode("ts");
  const sources = Object.fromEntries(
    blocks.map(({ file, number, code }) => [
      `${file.replaceAll(/[/\\.]/gu, "-")}-${number}.mts`,
      code,
    ]),
  );

  test("compiles, every block of it", async () => {
    expect(blocks.length).toBeGreaterThan(10);
    await typeCheck(sources);
  });

  test("is refused where it uses what the packages do not have", async () => {
    const [name = "", source = ""] =
      Object.entries(sources).find(([, code]) => code.includes("waitForSyncLog(")) ?? [];
    const wrong = source.replace("waitForSyncLog(", "awaitSyncLog(");
    await expect(typeCheck({ [name]: wrong })).rejects.toThrow(/awaitSyncLog/u);
  });
});

/** Where code declares what is disposed of at the end of its block. */
const disposing = /^\s*(?:await )?using \w+ =|\((?:const )?(?:await )?using \w+ of/mu;

test("no block has syntax that Node 20 and 22 refuse", () => {
  const blocks = ["ts", "js"].flatMap(documentedCode);
  const refused = blocks.filter(({ code }) => disposing.test(code));
  expect(refused.map(({ file, heading }) => `${file}, ${heading}`)).toEqual([]);
  expect("  await using mock = await startMockServer();").toMatch(disposing);
});

test("every block of a language that runs or compiles is checked by some test", () => {
  // The last is data: what it configures is looked at where it is used.
  const known = new Set(["ts", "js", "sh", "json", "yaml", "mermaid", "ini"]);
  expect([...documentedLanguages()].filter((language) => !known.has(language))).toEqual([]);
});
