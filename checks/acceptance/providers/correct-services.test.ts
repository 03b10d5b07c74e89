import { verify } from "@qontext/sync-log-contract";
import { describe, expect, it } from "vitest";
import { verification, withService } from "./support/services.ts";

/**
 * Each style, with what the kit rightly warns of, because HTTP forbids what usual middleware does: a 304 without the Vary of the
 * 200 (RFC 9110, section 15.4.5), HEAD with the length of another coding (8.6), and TRACE refused without Allow (15.5.6).
 */
const styles = [
  ["express", ["conditional/304-headers", "head/coding-differs"]],
  ["fastify", ["conditional/304-headers", "head/coding-differs"]],
  ["nest", []],
  ["hono", ["conditional/304-headers"]],
  ["node-http", []],
  ["http-1.0", []],
  ["python", []],
  ["nginx", ["conditional/304-headers", "method/405-without-allow"]],
] as const;

describe.each(styles)("%s", (style, warnings) => {
  it("is accused of nothing, three runs in a row", async () => {
    await withService(style, "", async (baseUrl) => {
      for (const seed of [1, 2, 3]) {
        const report = await verify({ ...verification, baseUrl, seed });
        const { violations } = report;
        const accusations = violations
          .filter(({ severity }) => severity === "error")
          .map(({ check, actual, cases }) => `${check}: ${actual} (${cases[0]})`);
        expect([...accusations, ...report.notJudged]).toEqual([]);
        expect(new Set(violations.map(({ check }) => check))).toEqual(new Set(warnings));
        expect(report).toMatchObject({ verdict: "conforms", seen: { accessMatrix: "run" } });
      }
    });
  });
});
