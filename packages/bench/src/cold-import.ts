import { spawnSync } from "node:child_process";
import { median, toTable, verdict } from "./measure.ts";

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

/** How much longer a Node process takes that imports a package than one that does nothing. */
export function measureColdImport(): string {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ["", ...packages]) {
      const code = name === "" ? "0" : `import ${JSON.stringify(name)}`;
      const startedAtMs = performance.now();
      spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
        cwd: import.meta.dirname,
      });
      times.set(name, [...(times.get(name) ?? []), performance.now() - startedAtMs]);
    }
  }
  const empty = times.get("") ?? [];
  const rows = packages.map((name) => {
    const overMs = median((times.get(name) ?? []).map((time, round) => time - (empty[round] ?? 0)));
    return [name, overMs.toFixed(1), name.startsWith("@qontext") ? verdict(overMs, 3, true) : ""];
  });
  return toTable(["package", "ms over an empty process", "goal"], rows);
}
