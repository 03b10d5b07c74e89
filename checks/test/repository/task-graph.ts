import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** A task as `turbo run --dry=json` describes it. */
export interface Task {
  readonly taskId: string;
  readonly package: string;
  readonly command: string;
  /** Relative to the workspace. */
  readonly directory: string;
  /** The files whose content decides whether a cached result is used, relative to the directory, with their hashes. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
}

const isRun = ({ command }: Task): boolean => command !== "<NONEXISTENT>";

/** The graph that turbo would run in a folder for `pnpm check`. */
export async function readTaskGraph(root: string): Promise<readonly Task[]> {
  const { scripts } = JSON.parse(readFileSync(join(workspaceRoot, "package.json"), "utf8"));
  const [, names = ""] = /turbo run ([\w: -]+?) --/u.exec(scripts.check) ?? [];
  const turbo = join(workspaceRoot, "node_modules/.bin/turbo");
  const args = ["run", ...names.split(" "), "--dry=json"];
  const { stdout } = await runCommand(turbo, args, { cwd: root });
  const graph: { readonly tasks: readonly Task[] } = JSON.parse(stdout);
  return graph.tasks;
}

/** What each task reads although nothing in the graph makes it first; the source of a task's reads are its inputs. */
export function unorderedReads(tasks: readonly Task[]): readonly string[] {
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  const builders = new Map(
    tasks
      .filter((task) => isRun(task) && task.taskId.endsWith("#build"))
      .map((task) => [task.package, task.taskId]),
  );
  return tasks.filter(isRun).flatMap((task) => {
    const before = tasksBefore(task, byId);
    return [...packagesReadBy(task)].flatMap((name) => {
      const builder = builders.get(name);
      const isOrdered = builder === undefined || builder === task.taskId || before.has(builder);
      return isOrdered ? [] : [`${task.taskId} does not wait for ${builder}`];
    });
  });
}

function tasksBefore(task: Task, byId: ReadonlyMap<string, Task>): ReadonlySet<string> {
  const before = new Set<string>();
  const open = [...task.dependencies];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (before.has(id)) continue;
    before.add(id);
    open.push(...(byId.get(id)?.dependencies ?? []));
  }
  return before;
}

/** The packages whose built files the sources of a task name. */
function packagesReadBy(task: Task): ReadonlySet<string> {
  return new Set(sourcesOf(task).flatMap(({ text }) => [...packagesNamedIn(text, task.package)]));
}

/** The sources that a task runs or compiles; those of other packages it can only compare. */
function sourcesOf(task: Task): readonly { readonly path: string; readonly text: string }[] {
  return Object.keys(task.inputs)
    .filter((path) => /\.[cm]?[jt]sx?$/u.test(path) && !path.startsWith("../"))
    .map((path) => posix.join(task.directory, path))
    .map((path) => ({ path, text: readFileSync(join(workspaceRoot, path), "utf8") }));
}

const folders = new Map(publishedPackages().map(({ folder, manifest }) => [folder, manifest.name]));

/** The packages of the workspace whose built files a source of the package `own` reads. */
export function packagesNamedIn(source: string, own: string): ReadonlySet<string> {
  const imported = source.matchAll(
    /(?:\bfrom|\bimport|\bimport\(|\bresolve\(|\brequire\()\s*"(@[\w.-]+\/sync-log-[\w-]+)[/\w.-]*"/gu,
  );
  const ofItsOwn = /["'`](?:\.\.?\/)+dist\//u.test(source) ? [own] : [];
  const byPath = [...source.matchAll(/["'`](?:packages\/)?([\w-]+)\/dist\//gu)].flatMap(
    ([, folder = ""]) => folders.get(folder) ?? [],
  );
  const packed = /sync-log-test-support\/pack"/u.test(source) ? folders.values() : [];
  return new Set([
    ...[...imported].map(([, name = ""]) => name),
    ...ofItsOwn,
    ...byPath,
    ...packed,
  ]);
}

/** The files that a task reads by a relative import or names in its command, although they are not among its inputs. */
export function unhashedReads(
  task: Task,
  globalInputs: ReadonlySet<string> = new Set(),
): readonly string[] {
  const known = new Set(Object.keys(task.inputs).map((path) => posix.join(task.directory, path)));
  const isMissing = (path: string): boolean =>
    existsSync(join(workspaceRoot, path)) && !known.has(path) && !globalInputs.has(path);
  const commanded = task.command
    .split(/\s+/u)
    .filter((word) => /\.(?:json|ts|mjs)$/u.test(word))
    .map((word) => posix.join(task.directory, word));
  const imported = sourcesOf(task).flatMap(({ path, text }) =>
    [...text.matchAll(relativeImport)].map(([, specifier = ""]) =>
      posix.join(posix.dirname(path), specifier),
    ),
  );
  return [...new Set([...commanded, ...imported])]
    .filter((path) => isMissing(path) && !path.split("/").includes("dist"))
    .map((path) => `${task.taskId} reads ${path}`);
}

const relativeImport = /^(?:import|export)\b[^;]*?from "(\.[^"]+\.(?:ts|mjs))"/gmu;
