import { spawnSync } from "node:child_process";
import { median, shuffled, toTable, verdict } from "./measure.ts";

const rounds = 41;
const packages = [
  "@qontext/sync-log-client",
  "openapi-fetch",
  "ofetch",
  "ky",
  "@octokit/request",
  "axios",
  "openai",
];

const reportCpuMs = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(String((user + system) / 1000));
});`;

/**
 * How much more CPU time a Node process takes that imports a package than one that does nothing.
 * CPU time, because the time on the clock is mostly that of other processes on a busy machine.
 */
export function measureColdImport(): string {
  const names = ["", ...packages];
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const code = name === "" ? reportCpuMs : `import ${JSON.stringify(name)};${reportCpuMs}`;
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        ["--input-type=module", "--eval", code],
        {
          cwd: import.meta.dirname,
          encoding: "utf8",
        },
      );
      if (status !== 0) throw new Error(`Node could not import ${JSON.stringify(name)}: ${stderr}`);
      times.set(name, [...(times.get(name) ?? []), Number(stdout)]);
    }
  }
  const empty = times.get("") ?? [];
  const rows = packages.map((name) => {
    const overMs = median((times.get(name) ?? []).map((time, round) => time - (empty[round] ?? 0)));
    return [name, overMs.toFixed(1), name.startsWith("@qontext") ? verdict(overMs, 3, true) : ""];
  });
  return toTable(["package", "ms of CPU over an empty process", "goal"], rows);
}
