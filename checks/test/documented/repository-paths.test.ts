import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const pages = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "RELEASING.md"];
const folders = readdirSync(workspaceRoot, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

/** What tasks write, and a clean clone does not have. */
const written = /^\.tools\/|^node_modules\/|(?:^|\/)dist(?:\/|$)/u;

/** The code spans of a page that are paths: below a folder of the root, or with the ending of a file. */
function pathsOf(markdown: string): readonly string[] {
  const spans = [...markdown.matchAll(/`([^`\n]+)`/gu)].map(([, span = ""]) => span);
  return spans.filter(
    (span) =>
      /^[\w.-]+(?:\/[\w.-]+)*\/?$/u.test(span) &&
      !written.test(span) &&
      (folders.some(({ name }) => span.startsWith(`${name}/`)) ||
        /\/.*\.(?:jsonc?|md|mjs|ts|ya?ml)$/u.test(span)),
  );
}

/** What is wrong with the commands of a page that run test files: `pnpm -C FOLDER exec vitest run NAME`. */
function brokenTestCommands(markdown: string): readonly string[] {
  const commands = markdown.matchAll(/pnpm -C (\S+) exec vitest run ([^`&|\s]+)/gu);
  return [...commands].flatMap(([command, folder = "", name = ""]) => {
    const tests = join(workspaceRoot, folder, "test");
    const files = existsSync(tests)
      ? readdirSync(tests, { recursive: true, encoding: "utf8" })
      : [];
    const isFound = files.some((file) => file.endsWith(".test.ts") && file.includes(name));
    return isFound ? [] : [command];
  });
}

const missingPaths = (markdown: string): readonly string[] =>
  pathsOf(markdown).filter((path) => !existsSync(join(workspaceRoot, path)));

test.each(pages)("%s names paths and tests that are there", (page) => {
  const markdown = readFileSync(join(workspaceRoot, page), "utf8");
  expect(missingPaths(markdown)).toEqual([]);
  expect(brokenTestCommands(markdown)).toEqual([]);
});

test("a path and a test that are gone are found", () => {
  const markdown =
    "`packages/gone/src` `packages/client` `wrong/face.ts` `a/b` `docs/dist`\n" +
    "`pnpm -C packages/client exec vitest run gone`";
  expect(missingPaths(markdown)).toEqual(["packages/gone/src", "wrong/face.ts"]);
  expect(brokenTestCommands(markdown)).toEqual(["pnpm -C packages/client exec vitest run gone"]);
});
