import { expect, test } from "vitest";
import { ofLog, verification } from "./mutants/start-provider.ts";
import type { Report, VerifyOptions } from "../src/index.ts";
import { verify } from "../src/index.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";

function verifyMutant(mutant: string, options: Partial<VerifyOptions>): Promise<Report> {
  return withProvider(behaviorOf(mutant), (baseUrl) => verify({ baseUrl, ...ofLog, ...options }));
}

const checksOf = (report: Report): readonly string[] =>
  report.violations.map((violation) => violation.check);

test("only a check is reported, whatever else is wrong", async () => {
  const report = await verifyMutant("no-auth", {
    only: ["auth/empty-key-accepted"],
    skip: ["random", "path", "access"],
  });
  expect(checksOf(report)).toEqual(["auth/empty-key-accepted"]);
});

test("only a family of cases is sent, and the rest is skipped, not passed", async () => {
  const report = await verifyMutant("405-without-allow", { only: ["head"] });
  expect(checksOf(report)).toEqual([]);
  const sent = report.cases.filter((one) => one.outcome === "passed").map((one) => one.family);
  expect(new Set(sent)).toEqual(new Set(["read", "head"]));
  expect(report.cases.filter((one) => one.outcome === "skipped").length).toBeGreaterThan(60);
});

test("a check that is skipped is not reported", async () => {
  const report = await verifyMutant("405-without-allow", {
    skip: ["method/405-without-allow", "random", "path", "access"],
  });
  expect(report.exitCode).toBe(0);
});

test("a case that is skipped is not sent", async () => {
  const report = await verifyMutant("fails-on-xml", {
    skip: ["accept/xml", "random", "path", "access"],
  });
  expect(report.exitCode).toBe(0);
  expect(report.cases.find((one) => one.id === "accept/xml")?.outcome).toBe("skipped");
});

test("latency is judged when asked", async () => {
  const report = await verifyMutant("head-404", {
    maxLatencyMs: 0,
    only: ["latency"],
    skip: ["random", "path", "access"],
  });
  expect(checksOf(report)).toEqual(["latency/too-slow"]);
});

const curlsOf = (report: Report | undefined): readonly string[] =>
  report?.violations.map((violation) => violation.curl.replace(/127\.0\.0\.1:\d+/, "")) ?? [];

test("the same seed finds the same, shrunk to one odd character", async () => {
  const [first, second] = await Promise.all(
    [1, 1].map((seed) => verifyMutant("any-odd-character", { seed, only: ["random/path"] })),
  );
  expect(curlsOf(first)).toEqual(curlsOf(second));
  const path = /sync-logs\/([^']*)'/.exec(curlsOf(first).at(-1) ?? "")?.[1] ?? "";
  expect(decodeURIComponent(path)).toHaveLength(verification.syncLogs?.[0]?.length ?? 0);
});
