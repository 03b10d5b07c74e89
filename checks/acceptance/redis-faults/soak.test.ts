import { expect, test } from "vitest";
import { renderSoak, writePage } from "./render-table.ts";
import { soak } from "./soak.ts";

const minutes = Number(process.env["SOAK_MINUTES"] ?? 1);
const seed = Number(process.env["SOAK_SEED"] ?? 1);

test(
  "faults in any order lose none of two thousand watches",
  { timeout: minutes * 60_000 + 240_000 },
  async () => {
    const soaked = await soak(minutes * 60_000, seed);
    console.log(`Seed ${seed}: ${JSON.stringify(soaked)}`);
    writePage("soak", renderSoak(soaked, minutes, seed));
    expect(soaked).toMatchObject({ lost: 0, doubled: 0 });
  },
);
