import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { mainFile } from "./support/run-cli.ts";

/** The packages that a compiled module loads before it does anything, through all that it imports at once. */
function eagerPackages(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = readFileSync(file, "utf8").matchAll(
    /^(?:import|export) (?:[^"]* from )?"([^"]+)";$/gmu,
  );
  return [...imports].flatMap(([, name = ""]) =>
    name.startsWith(".") ? eagerPackages(join(dirname(file), name), seen) : [name],
  );
}

test("help and usage errors load the parser, the statuses they name and the redactor, and nothing that only commands need", () => {
  const packages = eagerPackages(mainFile).filter((name) => !name.startsWith("node:"));
  expect([...new Set(packages)].toSorted()).toEqual([
    "@qontext/sync-log-command-line",
    "@qontext/sync-log-redact",
    "@qontext/sync-log-schema",
    "commander",
    "picocolors",
  ]);
});

test("the search for imports sees what a command needs", () => {
  const get = join(dirname(mainFile), "commands", "get-sync-log.js");
  expect(eagerPackages(get)).toContain("@qontext/sync-log-schema/tools");
});
