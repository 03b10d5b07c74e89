import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Edit } from "./lint-copy.ts";
import { copySpecs, lintCopy } from "./lint-copy.ts";

// A process of its own for each test, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const main = fileURLToPath(new URL("../../lint-spec/main.ts", import.meta.url));

function run(args: readonly string[], folder = process.cwd()) {
  const env = { ...process.env, INIT_CWD: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr: withoutWarnings(stderr) };
}

/** Node may warn that it runs TypeScript. */
function withoutWarnings(stderr: string): string {
  return stderr.replaceAll(/^.*(?:ExperimentalWarning|trace-warnings).*\n/gm, "");
}

function copy(...edits: readonly Edit[]): string {
  const { folder, remove } = copySpecs(edits);
  onTestFinished(remove);
  return folder;
}

describe("pnpm lint:spec", () => {
  it("finds nothing wrong with this project's spec", () => {
    const { status, stdout, stderr } = run([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/specs[/\\]openapi\.yaml: no problems\n$/);
  });

  it("says what is wrong and where, and exits with 1", () => {
    const folder = copy({ replace: "      summary: Get sync log by ID\n", by: "" });
    const { status, stdout, stderr } = run(["openapi.yaml"], folder);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(
      /^openapi\.yaml:\d+:\d+ operation-summary .+\nopenapi\.yaml: 1 problem\n$/,
    );
  });

  it.each([
    ["a file that is not there", "nobody.yaml", /^nobody\.yaml cannot be read: .*ENOENT.*\n$/],
    ["a folder", "examples", /^examples cannot be read: .*EISDIR.*\n$/],
  ])("says in one line that %s cannot be read, and exits with 2", (_what, file, message) => {
    const { status, stdout, stderr } = run([file], copy());
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it.each([[["--fix"]], [["a.yaml", "b.yaml"]]])("explains itself for %j", (args) => {
    const { status, stderr } = run(args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: "Usage: pnpm lint:spec [FILE]\n" });
  });

  it("takes an absolute path", () => {
    const folder = copy();
    expect(run([path.join(folder, "openapi.yaml")]).status).toBe(0);
  });
});

describe("a file that is no OpenAPI document", () => {
  it.each([
    ["broken YAML", "openapi: 3.1.1\ninfo: {", "yaml", /./],
    ["a key twice", "openapi: 3.1.1\nopenapi: 3.1.1\n", "yaml", /duplicated mapping key/],
    ["something else", "hello: world\n", "struct", /Unsupported specification/],
    ["nothing", "", "struct", /./],
    ["a list", "- 1\n", "struct", /./],
    ["OpenAPI 3.0", "openapi: 3.0.3\n", "struct", /oas3_0; write OpenAPI 3\.1/],
    ["Swagger", 'swagger: "2.0"\n', "struct", /oas2; write OpenAPI 3\.1/],
    ["AsyncAPI", "asyncapi: 3.0.0\n", "struct", /async3; write OpenAPI 3\.1/],
  ])("%s is a problem with a place", async (_what, by, ruleId, message) => {
    const { exitCode, problems } = await lintCopy({ by });
    expect(exitCode).toBe(1);
    expect(problems).toMatchObject([
      {
        file: "openapi.yaml",
        line: expect.any(Number),
        ruleId,
        message: expect.stringMatching(message),
      },
    ]);
  });
});

it("fetches nothing, not even an example", async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { problems } = await lintCopy({
    replace: "externalValue: examples/pending.json",
    by: `externalValue: http://127.0.0.1:${port}/pending.json`,
  });
  expect(requests).toBe(0);
  expect(problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`${port}/pending.json" must be a relative path`),
  );
});
