import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createSchemaRegistry, isJsonObject } from "@qontext/sync-log-document";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { beforeAll, describe, expect, test } from "vitest";
import { verification } from "./mutants/start-provider.ts";
import type { Report } from "../src/index.ts";
import { openDocument } from "../src/index.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";
import { keyed, resources, runCommand } from "./run-command.ts";

const key = verification.apiKey ?? "";
const otherKey = verification.otherApiKey ?? "";

/** Runs a verification with every form of report and gives what was written, by form. */
async function writeAll(
  mutant: string,
  ...more: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  using scratch = scratchFolder();
  const folder = scratch.path;
  const forms = ["junit", "json", "html"];
  const reports = forms.flatMap((form) => [
    "--report",
    `${form}=${path.join(folder, "made", form)}`,
  ]);
  const tenant = [
    "--other-workspace",
    verification.otherWorkspace ?? "",
    "--other-sync-log",
    verification.otherSyncLog ?? "",
  ];
  const argv = [...resources, ...tenant, ...reports, "--other-api-key", otherKey, ...more];
  const { out, error } = await withProvider(behaviorOf(mutant), (url) =>
    runCommand(["verify", url, ...argv], keyed),
  );
  const written = await Promise.all(
    (await readdir(path.join(folder, "made"))).map(async (form) => [
      form,
      await readFile(path.join(folder, "made", form), "utf8"),
    ]),
  );
  return { ...Object.fromEntries(written), terminal: out + error };
}

// Each of them brings the key into what a report shows: bodies, headers, URLs, near misses.
const leaking = [
  "key-in-error",
  "wrong-key-in-error",
  "key-in-header",
  "key-in-body",
  "key-in-base64",
  "key-prefix",
  "key-suffix",
  "key-case",
  "key-extended",
  "key-in-query",
  "bearer",
  "basic",
  "any-of-two-keys",
  "any-key",
  "other-key",
];

describe.for(leaking)("of a provider with %s", (mutant) => {
  test("no report has the key, or what is nearly the key", async () => {
    const reports = await writeAll(mutant, "--only", "read,access,auth");
    expect(Object.keys(reports).toSorted()).toEqual(["html", "json", "junit", "terminal"]);
    const close = [
      key.slice(0, -1),
      key.slice(1),
      key.toUpperCase(),
      otherKey.slice(0, -1),
      otherKey.slice(1),
    ];
    const encoded = [key, otherKey].map((text) =>
      Buffer.from(text).toString("base64").replace(/=+$/, ""),
    );
    for (const text of Object.values(reports)) {
      for (const secret of [...close, ...encoded]) expect(text).not.toContain(secret);
    }
    expect(reports["terminal"]).toContain("DOES NOT CONFORM");
  });
});

describe("of a provider with a fault", () => {
  let reports: Readonly<Record<string, string>> = {};
  let report: Report | undefined;
  beforeAll(async () => {
    reports = await writeAll("duplicate-key", "--skip", "random,path");
    report = JSON.parse(reports["json"] ?? "");
  });

  test("the terminal report shows it once, with all that is needed", () => {
    const terminal = reports["terminal"] ?? "";
    expect(terminal.match(/json\/duplicate-key {2}getSyncLog/g)).toHaveLength(1);
    for (const text of [
      "at /status",
      "expected",
      "actual",
      "why",
      "to do",
      "seen in",
      "see it",
      "curl -sS",
      '"$QONTEXT_API_KEY"',
    ]) {
      expect(terminal).toContain(text);
    }
    for (const text of [
      "429 not seen",
      "schema keywords",
      "assumptions",
      "not seen  #/components/responses/TooManyRequests",
    ]) {
      expect(terminal).toContain(text);
    }
  });

  test("the JSON report is what its schema says", async () => {
    const schema: unknown = JSON.parse(
      await readFile(new URL("../report.schema.json", import.meta.url), "utf8"),
    );
    const { $defs, ...root } = isJsonObject(schema) ? schema : {};
    const document = openDocument({ openapi: "3.1.1", $defs, components: { schemas: { root } } });
    const registry = createSchemaRegistry(document);
    expect(registry.validate("#/components/schemas/root", report)).toEqual([]);
    const wrong = { ...report, verdict: "maybe" };
    expect(registry.validate("#/components/schemas/root", wrong)).toMatchObject([
      { keyword: "enum", pointer: "/verdict" },
    ]);
  });

  test("the JUnit report has one test case for each case", () => {
    const junit = reports["junit"] ?? "";
    expect(junit.match(/<testcase /g)).toHaveLength(report?.cases.length ?? 0);
    const failed = report?.cases.filter((one) => one.outcome === "failed") ?? [];
    expect(failed.length).toBeGreaterThan(0);
    expect(junit).toContain(`failures="${failed.length}"`);
    expect(junit).toContain('<failure type="json/duplicate-key"');
  });

  test("the HTML report loads nothing", () => {
    const html = reports["html"] ?? "";
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|@import|url\(/i);
    expect(html).toContain("Does not conform");
    expect(html).toContain("json/duplicate-key");
  });

  test("assumptions hold for this provider, or are not seen", () => {
    const outcomes = report?.coverage.assumptions.map((one) => one.outcome);
    expect(outcomes).toContain("holds");
    expect(reports["terminal"]).toMatch(/assumptions {2}\d+ hold for this provider, 0 refuted/u);
    expect(outcomes).toContain("not seen");
    expect(outcomes).not.toContain("refuted");
  });
});

test("markup from a provider is escaped in HTML and XML", async () => {
  const reports = await writeAll("id-as-markup", "--only", "path");
  expect(reports["html"]).not.toContain("<script");
  expect(reports["junit"]).not.toContain("<script");
});

test("an assumption is refuted by a body that breaks it", async () => {
  const report: Report = JSON.parse(
    (await writeAll("malformed-correlation", "--only", "read"))["json"] ?? "",
  );
  const refuted = report.coverage.assumptions
    .filter((one) => one.outcome === "refuted")
    .map((one) => one.pointer);
  expect(refuted).toEqual(["#/components/schemas/SyncLog/properties/correlationId"]);
});
