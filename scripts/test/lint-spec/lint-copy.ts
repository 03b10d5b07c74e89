import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { runLintSpec } from "../../lint-spec/run-lint-spec.ts";

/** A change of one file of `specs/`: a text that occurs in it by another, or the whole of it. */
export interface Edit {
  /** @default "openapi.yaml" */
  readonly file?: string;
  readonly replace?: string | RegExp;
  readonly by: string;
}

/** A problem as the lint prints it, with the text that it points to. */
export interface PrintedProblem {
  readonly file: string;
  readonly line: number;
  readonly ruleId: string;
  readonly message: string;
  /** What stands at the line and column. */
  readonly text: string;
}

const specs = fileURLToPath(new URL("../../../specs", import.meta.url));

/** Makes a copy of `specs/` in a new folder, edited; `remove` it in the end. */
export function copySpecs(edits: readonly Edit[]): { folder: string; remove: () => void } {
  const scratch = scratchFolder();
  const folder = scratch.path;
  cpSync(specs, folder, { recursive: true });
  for (const { file = "openapi.yaml", replace, by } of edits) {
    const target = path.join(folder, file);
    if (replace === undefined) {
      writeFileSync(target, by);
      continue;
    }
    const before = readFileSync(target, "utf8");
    const after = before.replace(replace, () => by);
    if (after === before) throw new Error(`${file} has no ${String(replace)} to replace`);
    writeFileSync(target, after);
  }
  return { folder, remove: () => scratch[Symbol.dispose]() };
}

/** Lints an edited copy of `specs/`. */
export async function lintCopy(
  ...edits: readonly Edit[]
): Promise<{ exitCode: number; problems: readonly PrintedProblem[]; errors: readonly string[] }> {
  const { folder, remove } = copySpecs(edits);
  try {
    const lines: string[] = [];
    const errors: string[] = [];
    const exitCode = await runLintSpec(["openapi.yaml"], {
      folder,
      print: (line) => lines.push(line),
      printError: (line) => errors.push(line),
    });
    const problems = lines.slice(0, -1).map((line) => parse(folder, line));
    return { exitCode, problems, errors };
  } finally {
    remove();
  }
}

function parse(folder: string, printed: string): PrintedProblem {
  const match = /^(.+?):(\d+):(\d+) (\S+) (.+)$/.exec(printed);
  if (match === null) throw new Error(`not file:line:column rule message: ${printed}`);
  const [, file = "", line = "", column = "", ruleId = "", message = ""] = match;
  const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
  const text = lines[Number(line) - 1]?.slice(Number(column) - 1) ?? "";
  return { file, line: Number(line), ruleId, message, text };
}
