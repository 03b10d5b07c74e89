import { spawnSync } from "node:child_process";
import { packages } from "./install.ts";
import { type Effort, median, shuffled, toTable, verdict } from "./measure.ts";

/** Prints how long the process has run at its end, and how much CPU time it took. */
const reportTimes = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000 }));
});`;

interface Times {
  readonly ms: number;
  readonly cpuMs: number;
}

/**
 * How much longer a Node process takes that imports a package than one that does nothing: on the
 * clock, and in CPU time, which a busy machine leaves alone.
 */
export function measureColdImport({ imports }: Effort): string {
  const names = ["", ...packages];
  const times = new Map(names.map((name) => [name, [] as Times[]]));
  for (let round = 0; round < imports; round += 1) {
    for (const name of shuffled(names)) times.get(name)?.push(timesOf(name));
  }
  const over = (name: string, unit: keyof Times): number =>
    median(
      (times.get(name) ?? []).map(
        (time, round) => time[unit] - (times.get("")?.[round]?.[unit] ?? Number.NaN),
      ),
    );
  const rows = packages.map((name) => {
    const ms = over(name, "ms");
    const goal = name.startsWith("@qontext") ? verdict(ms, 3, true) : "";
    return [name, ms.toFixed(1), over(name, "cpuMs").toFixed(1), goal];
  });
  return toTable(["package", "ms over an empty process", "ms of CPU", "goal"], rows);
}

function timesOf(name: string): Times {
  const code = name === "" ? reportTimes : `import ${JSON.stringify(name)};${reportTimes}`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", code],
    { cwd: import.meta.dirname, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`Node could not import ${JSON.stringify(name)}: ${stderr}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the code above printed
  return JSON.parse(stdout) as Times;
}
