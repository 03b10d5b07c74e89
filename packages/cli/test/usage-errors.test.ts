import { expect, test } from "vitest";
import { linesOf } from "./support/run-cli.ts";
import { runInProcess } from "./support/run-in-process.ts";

const key = "q_sk_mistyped+0123456789";

test.each([
  [[`--api-key=${key}`, "get", "ws_1", "sync_1"]],
  [["--api-key", key, "get", "ws_1", "sync_1"]],
  [[`--apikey=${key}`, "get", "ws_1", "sync_1"]],
  [["get", "ws_1", "sync_1", `--apikey=${key}`]],
  [["get", "ws_1", "sync_1", `--api_key=${key}`]],
  [["get", "ws_1", "sync_1", `--key=${key}`]],
  [["get", "ws_1", "sync_1", `-k=${key}`]],
  [["get", "ws_1", "sync_1", `-k${key}`]],
  [["get", "ws_1", "sync_1", "--timeout", key]],
  [["get", "ws_1", "sync_1", "--field", `status,,${key}`]],
  [["get", "ws_1", "sync_1", key]],
  [["watch", "ws_1", "sync_1", "--api-key", key, "--interval", "soon"]],
  [["list", "ws_1", "--status", `,${key}`]],
  [["list", "ws_1", "--since", key]],
  [["list", "ws_1", "--limit", key]],
  [["mcp", "--print-config", key]],
  [["completion", key]],
  [[key]],
])("a mistake in %j is told in one line, without the key", async (args) => {
  const run = await runInProcess(args, { QONTEXT_API_KEY: "" });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(linesOf(run.stderr)).toHaveLength(1);
  expect(run.stderr).not.toContain("0123456789");
  expect(run.stderr).toMatch(/^sync-log: /u);
});

test("the value of a misspelt option is not repeated, whatever form a key has", async () => {
  const run = await runInProcess(["--apikey=zq7", "get", "ws_1", "sync_1"]);
  expect(run.stderr).toMatch(/unknown option '--apikey'/u);
});

test.each([[["watch"]], [["watch", "ws_1"]]])("%j says what watch takes", async (args) => {
  const run = await runInProcess(args);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(
    /^sync-log: watch takes a workspace id and sync log ids, or --all, or --last/u,
  );
});
