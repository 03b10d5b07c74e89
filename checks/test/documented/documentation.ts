import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks } from "./code-blocks.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { repositoryFiles } from "@qontext/sync-log-test-support/repository-files";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** A code block of the documentation. */
export interface DocumentedCode extends CodeBlock {
  /** The file, relative to the workspace. */
  readonly file: string;
  /** Counts from 1 among the blocks of its language in that file. */
  readonly number: number;
}

/** Every Markdown file that people read: READMEs, guides and the like, but no change logs and no API reports. */
export function markdownFiles(): readonly string[] {
  return repositoryFiles().filter(
    (file) => file.endsWith(".md") && !/CHANGELOG\.md$|\.api\.md$/u.test(file),
  );
}

/** Every code block of a language, in all of the documentation. */
export function documentedCode(language: string): readonly DocumentedCode[] {
  return markdownFiles().flatMap((file) =>
    codeBlocks(readFileSync(join(workspaceRoot, file), "utf8"), language).map((block, index) => ({
      file,
      number: index + 1,
      ...block,
    })),
  );
}

/** The languages of all blocks that have one. */
export function documentedLanguages(): ReadonlySet<string> {
  const fences = markdownFiles().flatMap((file) => [
    ...readFileSync(join(workspaceRoot, file), "utf8").matchAll(/^```(\w+)$/gmu),
  ]);
  return new Set(fences.map(([, language = ""]) => language));
}
