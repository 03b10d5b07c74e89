import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command, commandEnv, key } from "./support/command.ts";

const tools = join(import.meta.dirname, "tools");
const inspector = join(
  tools,
  "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js",
);
const toolNames = ["get_sync_log", "wait_for_sync_log", "list_sync_logs"];
const scratch = scratchFolder();
let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(async () => {
  await mock.close();
  scratch[Symbol.dispose]();
});

/** A log of tomorrow's service. */
function oddSync() {
  const sync = mock.sync().at("completed");
  const odd = {
    status: "archived",
    ingestionPipelineId: "01J8",
    recordsIngested: "450",
    createdAt: null,
  };
  sync.fault({ kind: "status", status: 200, body: { ...sync.body, ...odd } }, { times: 1 });
  return { sync, odd, target: { workspaceId: sync.workspaceId, id: sync.id } };
}

async function node(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout } = await runCommand(process.execPath, args, { cwd: tools, env });
  return stdout;
}

describe.concurrent("the official client, with its own defaults,", () => {
  test("reads what it has no schema for, and sees that a long sync still runs", async () => {
    const { odd, target } = oddSync();
    const running = mock.sync().at("ingesting");
    const calls = [
      { name: "get_sync_log", arguments: target },
      {
        name: "wait_for_sync_log",
        arguments: { workspaceId: running.workspaceId, id: running.id },
      },
    ].map((call) => JSON.stringify(call));
    const args = [
      join(tools, "stock-client.mjs"),
      process.execPath,
      command,
      "mcp",
      "--",
      ...calls,
    ];
    const printed = await node(args, commandEnv(mock.url, scratch.path));
    const [names, read, waited]: unknown[] = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(names).toEqual(toolNames);
    expect(read).toMatchObject({ structuredContent: odd });
    expect(waited).toMatchObject({
      structuredContent: { status: "still_running", next: expect.stringContaining("again") },
    });
    expect(waited).toHaveProperty(
      "tookMs",
      expect.toSatisfy((tookMs: number) => tookMs < 55_000),
    );
  });

  test("and the inspector calls the server that --print-config describes", async () => {
    const { sync, odd, target } = oddSync();
    // In the place of the registry's package, the built one.
    const npx = join(scratch.path, "npx");
    writeFileSync(npx, `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${command}' "$@"\n`);
    chmodSync(npx, 0o755);
    const env = {
      ...commandEnv(mock.url, scratch.path),
      PATH: `${scratch.path}:${process.env["PATH"] ?? ""}`,
    };
    const printed = await node(
      [command, "mcp", "--print-config", "claude-desktop", "--base-url", mock.url],
      env,
    );
    const config = join(scratch.path, "mcp.json");
    writeFileSync(config, printed.replace("YOUR_API_KEY", key));
    const inspect = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse(
        await node(
          [inspector, "--cli", "--config", config, "--server", "qontext-sync-log", ...args],
          env,
        ),
      );
    expect(await inspect("--method", "tools/list")).toMatchObject({
      tools: toolNames.map((name) => ({ name })),
    });
    const call = [
      "--method",
      "tools/call",
      "--tool-arg",
      `workspaceId=${target.workspaceId}`,
      `id=${target.id}`,
    ];
    expect(await inspect(...call, "--tool-name", "get_sync_log")).toMatchObject({
      structuredContent: odd,
    });
    expect(await inspect(...call, "--tool-name", "wait_for_sync_log")).toMatchObject({
      structuredContent: { status: "completed", syncLog: { id: sync.id } },
    });
  });
});
