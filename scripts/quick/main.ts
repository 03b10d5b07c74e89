// `pnpm quick [REF]`: after a change, in half a minute: writes the code that is generated, and checks types, tests and API reports of
// the packages whose files differ from REF (by default the last commit). `pnpm check` is what says that the whole still holds.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { planQuick } from "./plan-quick.ts";

const root = join(import.meta.dirname, "../..");
const [ref = "HEAD"] = process.argv.slice(2);

function run(command: string, ...args: readonly string[]): number {
  console.log(`$ ${command} ${args.join(" ")}`);
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

function git(...args: readonly string[]): readonly string[] {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`git knows no commit ${ref}.`);
  return stdout.split("\n").filter((line) => line !== "");
}

/** The files that differ, but for manifests in which only the stamp of the document does. */
function changedFiles(): readonly string[] {
  const stamp = '--ignore-matching-lines=^    "(version|sha256)": ';
  const counted = git("diff", "--numstat", "--no-renames", stamp, ref).map((line) =>
    line.split("\t"),
  );
  const changed = counted.filter(([added, deleted]) => added !== "0" || deleted !== "0");
  const others = git("ls-files", "--others", "--exclude-standard");
  return [...changed.map(([, , file = ""]) => file), ...others];
}

function quick(): number {
  if (planQuick(changedFiles()).mustGenerate) {
    const failed =
      run("pnpm", "--silent", "run", "build:document") ||
      run("node", "scripts/generate/main.ts") ||
      run("node", "scripts/lint-spec/main.ts");
    if (failed) return failed;
  }
  const { turbo, checks } = planQuick(changedFiles());
  if (turbo.length === 0 && checks.length === 0) {
    console.log(`Nothing to check: no package, script or check differs from ${ref}.`);
  }
  for (const words of turbo) {
    const failed = run("turbo", "run", ...words, "--output-logs=errors-only");
    if (failed) return failed;
  }
  return checks.length > 0 ? run("pnpm", "-C", "checks", "exec", "vitest", "run", ...checks) : 0;
}

process.exitCode = quick();
