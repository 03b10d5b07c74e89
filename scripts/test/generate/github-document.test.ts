import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installTools } from "@qontext/sync-log-test-support/install-tools";
import { beforeAll, expect, test } from "vitest";
import { compileFolder } from "./support/compile-folder.ts";
import { runGenerator } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const tools = join(import.meta.dirname, "github-document");
const document = join(tools, "node_modules/@octokit/openapi/generated/api.github.com.json");

beforeAll(() => installTools(tools), 300_000);

function seconds(from: number, to: number): string {
  return `${((to - from) / 1000).toFixed(1)} s`;
}

test(
  "GitHub's description of its API goes through, and what is generated from it compiles",
  { timeout: 300_000 },
  () => {
    using scratch = scratchFolder();
    const startedAt = performance.now();
    const { status, stdout, stderr } = runGenerator(
      ["--spec", document, "--out", "."],
      scratch.path,
    );
    const generatedAt = performance.now();
    expect(stderr).not.toMatch(/^error /m);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Wrote \d+ files\.\n$/);

    expect(compileFolder(scratch.path)).toBe("");
    const compiledAt = performance.now();
    console.log(
      `generated in ${seconds(startedAt, generatedAt)}, compiled in ${seconds(generatedAt, compiledAt)}`,
    );

    const read = (file: string): string => readFileSync(join(scratch.path, file), "utf8");
    const { paths, components } = JSON.parse(readFileSync(document, "utf8"));
    const operations = Object.values<object>(paths).flatMap((item) =>
      Object.keys(item).filter((key) => /^(?:get|put|post|delete|patch|head|options)$/.test(key)),
    );
    expect(operations.length).toBeGreaterThan(900);
    expect(read("index.ts").match(/^ {4}operationId: /gm)).toHaveLength(operations.length);
    const schemas = Object.keys(components.schemas);
    expect(read("validators.ts").match(/^export const validate/gm)).toHaveLength(schemas.length);
    expect(
      read("types.ts").match(
        /^export (?:type (?!webhooks|\$defs)\S+ =|interface (?!paths|components|operations)\S+ \{)/gm,
      ),
    ).toHaveLength(schemas.length);
  },
);
