import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const ids = [
  "ws_123e4567-e89b-12d3-a456-426614174000",
  "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
];
const nowhere = "http://127.0.0.1:9";

/** Each command with a duration of the table, so that it ends at once whether it takes it or not. */
const commands: readonly (readonly [string, string, (duration: string) => readonly string[]])[] = [
  ["sync-log", "cli/dist/main.js", (text) => ["get", ...ids, "--timeout", text]],
  ["sync-log-mock", "mock/dist/main.js", (text) => ["--latency", text, "--spec", "/nowhere"]],
  ["sync-log-contract", "contract/dist/main.js", (text) => ["verify", nowhere, "--timeout", text]],
  ["sync-log-watcher", "watcher/dist/main.js", (text) => ["add", "--max-wait", text]],
];

// The whole table is that of the package which parses them: here each command shows that it uses it.
const taken = ["30", "1h30m"];
const refused = ["1h30"];

describe.each(commands)("%s", (_, file, argumentsFor) => {
  const run = async (duration: string): Promise<string> => {
    const args = [join(workspaceRoot, "packages", file), ...argumentsFor(duration)];
    const env = { QONTEXT_BASE_URL: nowhere };
    const { stderr } = await runCommand(process.execPath, args, {
      cwd: workspaceRoot,
      env,
      codes: [0, 1, 2, 3],
    });
    return stderr;
  };

  test.each(taken)("takes %j for a duration", async (duration) => {
    const stderr = await run(duration);
    expect(stderr).not.toBe("");
    expect(stderr).not.toContain("takes a duration");
  });

  test.each(refused)("refuses %j with the one message", async (duration) => {
    expect(await run(duration)).toMatch(
      new RegExp(
        `--[a-z-]+ takes a duration( of at least 1ms)?, such as 500ms, 30s, 1h30m, or a number of seconds, not "${duration}"`,
        "u",
      ),
    );
  });
});
