import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Effort, median, shuffled } from "./measure.ts";
import type { Sample } from "./one-client.ts";

const run = promisify(execFile);
const program = `${import.meta.dirname}/one-client.ts`;

/** What the processes of one client measured: medians, and ratios to raw fetch in the same round. */
export interface Measured extends Sample {
  readonly name: string;
  readonly wallRatio: number;
  readonly cpuRatio: number;
}

/**
 * Measures clients in processes of their own, one after the other, round by round in an order of chance. What slows the
 * machine down for a while then meets all alike, and a ratio is the median of the rounds' own.
 *
 * @param atOnce - How many calls each has under way.
 * @param baseUrl - The server; a stub without one.
 */
export async function measureInRotation(
  names: readonly string[],
  { rounds, calls }: Effort,
  atOnce: number,
  baseUrl?: string,
): Promise<readonly Measured[]> {
  const samples = new Map(names.map((name) => [name, [] as Sample[]]));
  const settings = [String(atOnce), String(calls), ...(baseUrl === undefined ? [] : [baseUrl])];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const options = ["--expose-gc", program, name, ...settings];
      const { stdout } = await run(process.execPath, options);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the program prints
      samples.get(name)?.push(JSON.parse(stdout) as Sample);
    }
  }
  const raw = samples.get("raw fetch") ?? [];
  return names.map((name) => {
    const mine = samples.get(name) ?? [];
    const medianOf = (unit: keyof Sample): number => median(mine.map((sample) => sample[unit]));
    const ratioOf = (unit: keyof Sample): number =>
      median(mine.map((sample, round) => sample[unit] / (raw[round]?.[unit] ?? Number.NaN)));
    return {
      name,
      wallUs: medianOf("wallUs"),
      cpuUs: medianOf("cpuUs"),
      kilobytes: medianOf("kilobytes"),
      wallRatio: ratioOf("wallUs"),
      cpuRatio: ratioOf("cpuUs"),
    };
  });
}
