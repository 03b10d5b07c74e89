import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { specVersion, syncLogStatusValues } from "../src/generated/index.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** The machine's own Node, which is the oldest that is supported, else the one that runs the tests. */
const node = existsSync("/usr/bin/node") ? "/usr/bin/node" : process.execPath;

function runNode(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr, status } = spawnSync(node, args, {
    cwd: packageFolder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return { stdout, stderr };
}

const use = `
console.log(schema.syncLogStatusValues.length, validators.validateSyncLog(null).issues[0].keyword);
console.log(openapi.openapiDocument.openapi, schema.operationTable.getSyncLog.method);
console.log(tools.operationTools.map((tool) => tool.name).join());
`;

const used = `${syncLogStatusValues.length} type\n3.1.1 GET\nget_sync_log,list_sync_logs\n`;

/** \`require()\` of an ES module is experimental in Node 20, which says so on standard error. */
describe("the built package", () => {
  test("is imported by all of its names", () => {
    const { stdout } = runNode(
      "--input-type=module",
      "--eval",
      `import * as schema from "@qontext/sync-log-schema";
import * as validators from "@qontext/sync-log-schema/validators";
import * as openapi from "@qontext/sync-log-schema/openapi";
import * as tools from "@qontext/sync-log-schema/tools";
${use}`,
    );
    expect(stdout).toBe(used);
  });

  test("is required by all of its names, JSON included", () => {
    const { stdout } = runNode(
      "--input-type=commonjs",
      "--eval",
      `const schema = require("@qontext/sync-log-schema");
const validators = require("@qontext/sync-log-schema/validators");
const openapi = require("@qontext/sync-log-schema/openapi");
const tools = require("@qontext/sync-log-schema/tools");
console.log(require("@qontext/sync-log-schema/openapi.json").info.version, require("@qontext/sync-log-schema/package.json").name);
${use}`,
    );
    expect(stdout).toBe(`${specVersion} @qontext/sync-log-schema\n${used}`);
  });

  test("runs without making code of strings", () => {
    const { stdout } = runNode(
      "--disallow-code-generation-from-strings",
      "--input-type=module",
      "--eval",
      `import { validateSyncLog } from "@qontext/sync-log-schema/validators";
console.log(validateSyncLog({}).issues.length);`,
    );
    expect(stdout).toBe("8\n");
  });

  test("depends on nothing", () => {
    const manifest: unknown = JSON.parse(readFileSync(`${packageFolder}/package.json`, "utf8"));
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("peerDependencies");
    expect(manifest).toMatchObject({ sideEffects: false });
  });
});
