/** What to run after a change. */
export interface QuickPlan {
  /** The document or its generator changed, so code is generated first. */
  readonly mustGenerate: boolean;
  /** What `turbo run` is asked for, a line each. */
  readonly turbo: readonly (readonly string[])[];
  /** Test files of `checks`, relative to it: its own tests read everything. */
  readonly checks: readonly string[];
}

/** Folders of `scripts` with a test task of their own. */
const scriptTasks = ["generate", "lint-spec", "release", "bootstrap"];

/**
 * Decides what checks a change by itself: types, tests and API reports of the packages whose files changed, without those that
 * depend on them.
 *
 * @param files - The files that changed, relative to the root.
 */
export function planQuick(files: readonly string[]): QuickPlan {
  const packages = matching(files, /^((?:packages|examples)\/[^/]+|docs|bench)\//u);
  const tasks = scriptTasks.filter((task) =>
    files.some(
      (file) => file.startsWith(`scripts/${task}/`) || file.startsWith(`scripts/test/${task}/`),
    ),
  );
  const filters = packages.map((path) => `--filter=./${path}`);
  return {
    mustGenerate: files.some((file) => /^(?:specs|scripts\/generate)\//u.test(file)),
    turbo: [
      ...(filters.length > 0 ? [["typecheck", "test", "api:report", ...filters]] : []),
      ...(tasks.length > 0
        ? [["typecheck", ...tasks.map((task) => `test:${task}`), "--filter=scripts"]]
        : []),
    ],
    checks: matching(files, /^checks\/(test\/.+\.test\.ts)$/u),
  };
}

function matching(files: readonly string[], pattern: RegExp): readonly string[] {
  return [...new Set(files.flatMap((file) => pattern.exec(file)?.[1] ?? []))].toSorted();
}
