import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFiles } from "@qontext/sync-log-test-support/repository-files";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";

/** A brace after the tag, which editors take for a type: they would show `@throws {` and no link. */
const withBrace = /@throws\s*(?:\*\s*)?\{/u;

test("errors in documentation are named without braces, so that editors show them", () => {
  const sources = repositoryFiles().filter((file) =>
    /^(?:packages\/[^/]+\/src|scripts\/(?!test\/)|docs\/src)\b.*\.ts$/u.test(file),
  );
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.filter((file) =>
    withBrace.test(readFileSync(join(workspaceRoot, file), "utf8")),
  );
  expect(found).toEqual([]);
});

test("the search finds a brace on the line of the tag and on the next", () => {
  expect("@throws {@link SomeError} for").toMatch(withBrace);
  expect("@throws\n * {SomeError} for").toMatch(withBrace);
  expect("@throws SomeError for {@link other}").not.toMatch(withBrace);
});
