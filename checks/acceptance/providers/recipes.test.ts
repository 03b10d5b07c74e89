import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { pack } from "@qontext/sync-log-test-support/pack";
import { commandEnvironment, runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toolsFolder, verification } from "./support/services.ts";

interface Recipes {
  readonly github: {
    readonly jobs: { readonly contract: { readonly steps: readonly { readonly run?: string }[] } };
  };
  readonly gitlab: { readonly contract: { readonly script: readonly string[] } };
  readonly config: string;
}

/** The blocks of the guide, in its order. */
function readRecipes(): Recipes {
  const guide = readFileSync(join(workspaceRoot, "docs/guides/contract-tests-in-ci.md"), "utf8");
  const blocks = [...guide.matchAll(/^```(?:yaml|json)\n(.*?)^```$/gms)].map(
    ([, text = ""]) => text,
  );
  const { parse } = createRequire(join(toolsFolder, "package.json"))("yaml");
  const [github, gitlab, config = ""] = blocks;
  return { github: parse(github), gitlab: parse(gitlab), config };
}

const { github, gitlab, config } = readRecipes();
const recipes: readonly (readonly [string, readonly string[]])[] = [
  [
    "GitHub Actions",
    github.jobs.contract.steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
  ],
  ["GitLab", gitlab.contract.script],
];

const tarballs = scratchFolder();
let packed: readonly string[] = [];
beforeAll(async () => {
  const needed = ["contract", "schema", "document", "redact", "command-line"];
  packed = await Promise.all(
    needed.map(async (name) => {
      const { file } = await pack(join(workspaceRoot, "packages", name), tarballs.path, name);
      return file;
    }),
  );
});
afterAll(() => tarballs[Symbol.dispose]());

describe.each(recipes)("the recipe for %s", (name, steps) => {
  it.each([
    ["correct", "", 0],
    ["wrong", "tenant-ignored", 1],
  ])("judges a %s service, step by step, with npm alone", async (_kind, mistake, code) => {
    using folder = scratchFolder();
    const port = await freePort();
    writeFileSync(join(folder.path, "contract.json"), config);
    const service = join(toolsFolder, "services/node-http.mjs");
    writeFileSync(
      join(folder.path, "start"),
      `#!/bin/sh\nsleep 1\nPORT=${port} exec node ${service} "${mistake}"\n`,
    );
    chmodSync(join(folder.path, "start"), 0o755);
    const script = steps.map((step) =>
      step
        .replace(/@qontext\/sync-log-contract@\S+/u, packed.join(" "))
        .replace("127.0.0.1:8080", `127.0.0.1:${port}`),
    );
    expect(script.filter((step) => step.includes("npm install"))).toHaveLength(1);
    const env = {
      ...commandEnvironment(),
      QONTEXT_API_KEY: verification.apiKey ?? "",
      QONTEXT_OTHER_API_KEY: verification.otherApiKey ?? "",
      GITHUB_ACTIONS: String(name === "GitHub Actions"),
    };
    const whole = ["trap 'kill $(jobs -p)' EXIT", ...script].join("\n");
    const result = await runCommand("bash", ["-e", "-c", whole], {
      cwd: folder.path,
      env,
      codes: [code],
    });
    expect(result.stdout).toContain(code === 0 ? "CONFORMS" : "DOES NOT CONFORM");
    expect(result.stdout.includes("::error title=")).toBe(code === 1 && name === "GitHub Actions");
    const junit = readFileSync(join(folder.path, "reports/junit.xml"), "utf8");
    expect(junit.includes("<failure ")).toBe(code === 1);
  });
});
