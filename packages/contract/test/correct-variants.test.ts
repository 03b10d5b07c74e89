import { expect, test } from "vitest";
import { ofLog, verification } from "./mutants/start-provider.ts";
import type { Variant } from "./mutants/variant.ts";
import { variants } from "./mutants/variants.ts";
import { withProvider } from "./provider-under-test.ts";
import type { Report } from "../src/index.ts";
import { verify } from "../src/index.ts";

/**
 * The list is verified where it is what varies. With few requests of families in which nothing is left to be seen; the benchmark
 * verifies each variant in a whole run. Where nothing is warned of, `strict` may find nothing either.
 */
async function verifyVariant(
  { id, behavior }: Pick<Variant, "id" | "behavior">,
  isStrict: boolean,
): Promise<Report> {
  const options = id === "plain" || id.startsWith("list-") ? verification : ofLog;
  return withProvider(behavior, (baseUrl) =>
    verify({ baseUrl, ...options, watchSeconds: 0.6, isStrict, skip: ["random", "path"] }),
  );
}

// They wait for what they watch, most of the time.
test.concurrent.for(variants)("a provider that $does gets no alarm", async (variant) => {
  const { warnings = [] } = variant;
  const report = await verifyVariant(variant, warnings.length === 0);

  expect(report.violations.filter(({ check }) => !warnings.includes(check))).toEqual([]);
  expect(report).toMatchObject({ verdict: "conforms", exitCode: 0, notJudged: [] });
});

test("strict turns the warning about undocumented fields into an error, and nothing else", async () => {
  const extra = variants.find(({ id }) => id === "extra-fields");
  const report = await verifyVariant(extra ?? { id: "plain", behavior: {} }, true);

  expect(report.exitCode).toBe(1);
  expect(new Set(report.violations.map((one) => one.check))).toEqual(
    new Set(["schema/undocumented-property"]),
  );
});
