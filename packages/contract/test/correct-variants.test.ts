import { expect, test } from "vitest";
import { startProvider, verification } from "./mutants/start-provider.ts";
import { variants } from "./mutants/variants.ts";
import type { Report } from "../src/index.ts";
import { verify } from "../src/index.ts";

async function verifyVariant(
  behavior: (typeof variants)[number]["behavior"],
  isStrict: boolean,
): Promise<Report> {
  const provider = await startProvider(behavior);
  try {
    return await verify({ baseUrl: provider.url, ...verification, watchSeconds: 0.6, isStrict });
  } finally {
    await provider.close();
  }
}

test.for(variants)("a provider that $does gets no alarm", async ({ behavior, warnings = [] }) => {
  const report = await verifyVariant(behavior, false);

  const alarms = report.violations.filter(
    ({ check, severity }) => severity === "error" || !warnings.includes(check),
  );
  expect(alarms).toEqual([]);
  expect(report).toMatchObject({ verdict: "conforms", exitCode: 0, notJudged: [] });
});

test("strict turns the warning about undocumented fields into an error, and nothing else", async () => {
  const extra = variants.find(({ id }) => id === "extra-fields");
  const report = await verifyVariant(extra?.behavior ?? {}, true);

  expect(report.exitCode).toBe(1);
  expect(new Set(report.violations.map((one) => one.check))).toEqual(
    new Set(["schema/undocumented-property"]),
  );
});

test("strict says nothing against the plain provider", async () => {
  await expect(verifyVariant({}, true)).resolves.toMatchObject({ exitCode: 0, violations: [] });
});
