import { test } from "vitest";
import type { Mutant } from "../../mutants/mutant.ts";
import { startProvider, verification } from "../../mutants/start-provider.ts";
import type { VerifyOptions } from "../../src/index.ts";
import { verify } from "../../src/index.ts";

/** Verifies that each mutant is caught by the check that names its bug. */
export function expectCaught(
  mutants: readonly Mutant[],
  options: Partial<VerifyOptions> = {},
): void {
  test.concurrent.for(mutants)(
    "$id, which $does, is caught by $caughtBy",
    async (mutant, { expect }) => {
      const provider = await startProvider(mutant.behavior);
      try {
        // Hardly any random requests: the designed ones are to catch it.
        const report = await verify({
          baseUrl: provider.url,
          ...verification,
          maxRequests: 95,
          timeoutMs: 2000,
          ...options,
        });
        expect(report.violations.map((violation) => violation.check)).toContain(mutant.caughtBy);
        expect(report.exitCode).toBe(1);
      } finally {
        await provider.close();
      }
    },
  );
  test("there are mutants, and each has an id of its own", ({ expect }) => {
    expect(mutants.length).toBeGreaterThan(0);
    expect(new Set(mutants.map((mutant) => mutant.id)).size).toBe(mutants.length);
  });
}
