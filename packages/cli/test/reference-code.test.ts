import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ReferenceCode } from "../build/reference-code.ts";
import { referenceFile, referenceScript, referenceSources } from "../build/reference-code.ts";

const rewrite = "run: pnpm --filter @qontext/sync-log-cli run reference-code";

test("the licenses of the reference's script are those of everything that its bundler put into it", () => {
  const code: ReferenceCode = JSON.parse(readFileSync(referenceFile, "utf8"));
  const manifest = new URL("../../package.json", `file://${referenceScript}`);
  expect(code.version, rewrite).toBe(JSON.parse(readFileSync(manifest, "utf8")).version);
  const sources = referenceSources();
  const bundled = new Set(sources.map(({ name }) => name));
  expect(bundled.size).toBeGreaterThan(100);
  expect([...new Set(code.packages.map(({ name }) => name))].toSorted(), rewrite).toEqual(
    [...bundled].toSorted(),
  );
  // Those of Scalar itself have theirs from elsewhere.
  const known = sources.flatMap((one) => (one.version ? `${one.name}@${one.version}` : []));
  expect(
    code.packages.map((one) => `${one.name}@${one.version}`),
    rewrite,
  ).toEqual(expect.arrayContaining([...new Set(known)]));
  for (const { text } of code.packages) expect(code.texts[text]).toMatch(/\S/u);
});
