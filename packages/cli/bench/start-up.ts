// How long `sync-log` takes to start, beside an empty Node process, on every Node of this machine; writes RESULTS.md.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { delimiter, join } from "node:path";

const mainFile = join(import.meta.dirname, "..", "dist", "main.js");
const limitMs = 150;
const rounds = 21;

/** The Node that runs this, and the first one on the path that is not the workspace's. */
function nodes(): readonly string[] {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .filter((file) => existsSync(file));
  return [...new Set([process.execPath, ...onPath.slice(0, 1)].map((file) => realpathSync(file)))];
}

function runMs(node: string, args: readonly string[]): number {
  const startMs = performance.now();
  const { status } = spawnSync(node, args, { env: { PATH: process.env["PATH"] } });
  if (status !== 0) throw new Error(`${node} ${args.join(" ")} ended with ${status}.`);
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** One line of the table for a Node: both processes by turns, so that a busy machine is busy for both. */
function measure(node: string): string {
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1);
  const pairs = Array.from({ length: rounds }, () => ({
    empty: runMs(node, ["-e", ""]),
    help: runMs(node, [mainFile, "--help"]),
  }));
  const emptyMs = median(pairs.map(({ empty }) => empty));
  const helpMs = median(pairs.map(({ help }) => help));
  const isMet = helpMs < limitMs;
  return `| ${version} | ${Math.round(emptyMs)} ms | ${Math.round(helpMs)} ms | under ${limitMs} ms | ${isMet ? "met" : "not met"} |`;
}

const table = `# How fast the command starts

Measured by \`pnpm --filter @qontext/sync-log-cli bench\`, median of ${rounds} runs by turns, ${cpus().length} cores.

| Node | an empty process | \`sync-log --help\` | wanted |  |
| --- | --- | --- | --- | --- |
${nodes().map(measure).join("\n")}
`;
writeFileSync(join(import.meta.dirname, "RESULTS.md"), table);
console.log(table);
