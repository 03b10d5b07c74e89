import { test } from "vitest";
import { verify } from "../../src/index.ts";
import type { Mutant } from "./mutant.ts";
import { startProvider, ofLog } from "./start-provider.ts";

/**
 * Verifies that a mutant of each check is caught by it, when little more is sent than what shows it. The benchmark verifies it
 * of every mutant, in whole runs.
 */
export function expectCaught(mutants: readonly Mutant[]): void {
  const first = new Map(mutants.toReversed().map((mutant) => [mutant.caughtBy, mutant]));
  test.concurrent.for([...first.values()])(
    "$id, which $does, is caught by $caughtBy",
    async (mutant, { expect }) => {
      const provider = await startProvider(mutant.behavior);
      try {
        const report = await verify({
          baseUrl: provider.url,
          ...ofLog,
          only: [...mutant.shownBy, "watch"],
          timeoutMs: 2000,
          ...mutant.options,
        });
        expect(report.violations.map((violation) => violation.check)).toContain(mutant.caughtBy);
        const isError = report.violations.some((violation) => violation.severity === "error");
        expect(report.exitCode).toBe(isError ? 1 : 0);
      } finally {
        await provider.close();
      }
    },
  );
}
