import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDocument } from "@qontext/sync-log-document";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeSamples, mockKey } from "../src/code-samples.ts";
import { explorerDocument } from "../src/explorer/explorer-document.ts";

const document = openDocument(openapiDocument);
const samples = document.operations.flatMap((operation) =>
  codeSamples(document, operation).map((sample) => ({ ...sample, operation: operation.id })),
);

/** How each language is run; the command line has tests of its own. */
const runners: Readonly<Record<string, readonly [string, ...string[]]>> = {
  curl: ["bash"],
  Python: ["python3"],
  Go: ["go", "run"],
};
/** Inside the package, so that what is run finds the packages. */
const folder = join(import.meta.dirname, "../artifacts/samples");

let mock: MockServer;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  mock = await startMockServer({
    apiKeys: { [mockKey]: ["ws_123e4567-e89b-12d3-a456-426614174000"] },
  });
});
afterAll(() => mock.close());

describe.each(samples)("$operation, $label", ({ lang, label, source }) => {
  const [command, ...args] = lang === "typescript" ? [process.execPath] : (runners[label] ?? []);
  const isThere = command !== undefined && spawnSync(command, ["--version"]).error === undefined;

  test.skipIf(!isThere)("gets an answer from the mock", async () => {
    const name = lang === "typescript" ? "sample.ts" : `sample.${lang}`;
    writeFileSync(join(folder, name), source.replaceAll("https://api.qontext.ai", mock.url));
    const env = { ...process.env, QONTEXT_BASE_URL: mock.url, QONTEXT_API_KEY: mockKey };
    const { stdout } = await runCommand(command ?? "", [...args, name], { cwd: folder, env });
    expect(stdout).toMatch(/pending|completed|ingesting|preparing/u);
  });
});

test("are in four languages for each operation", () => {
  for (const { id } of document.operations) {
    const labels = samples.filter(({ operation }) => operation === id).map(({ lang }) => lang);
    expect(labels).toEqual(expect.arrayContaining(["shell", "typescript", "python", "go"]));
  }
});

test("the explorer describes a parameter once", () => {
  const { operations } = openDocument(explorerDocument(document));
  const parameters = operations.flatMap((operation) => operation.parameters);
  expect(parameters.length).toBeGreaterThan(1);
  for (const { name, node } of parameters) {
    expect(node.value["description"], name).toMatch(/\w/u);
    expect(Object.keys(node.value["schema"] ?? {}), name).not.toContain("description");
    expect(Object.keys(node.value["schema"] ?? {}), name).not.toContain("$ref");
  }
});
