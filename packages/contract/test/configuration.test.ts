import { writeFile } from "node:fs/promises";
import path from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, onTestFinished, test } from "vitest";
import { own } from "./mutants/world.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";
import { keyed, resources, runCommand } from "./run-command.ts";

async function writeConfig(config: unknown): Promise<string> {
  const folder = scratchFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const file = path.join(folder.path, "contract.json");
  await writeFile(file, typeof config === "string" ? config : JSON.stringify(config));
  return file;
}

const ids = resources.filter((word) => word.startsWith("sync_"));
const few = { only: "read", "max-requests": 20 };

test("options come from a file, and the environment goes before it", async () => {
  const config = await writeConfig({
    workspace: "ws_unknown",
    "sync-log": ids,
    strict: true,
    ...few,
  });
  const result = await withProvider({}, (url) =>
    runCommand(["verify", "--config", config], {
      ...keyed,
      SYNC_LOG_CONTRACT_BASE_URL: url,
      SYNC_LOG_CONTRACT_WORKSPACE: own.workspaceId,
    }),
  );
  expect(result).toMatchObject({ code: 0, error: "" });
});

test("options come from the environment alone, and the command line goes before it", async () => {
  const result = await withProvider({}, (url) =>
    runCommand(["verify", url, "--workspace", own.workspaceId], {
      ...keyed,
      SYNC_LOG_CONTRACT_WORKSPACE: "ws_unknown",
      SYNC_LOG_CONTRACT_SYNC_LOG: ids.join(","),
      SYNC_LOG_CONTRACT_ONLY: "read",
    }),
  );
  expect(result).toMatchObject({ code: 0, error: "" });
});

test.each([
  ["an unknown option", { workspce: "x" }, /there is no option --workspce/],
  ["a key", { "api-key": "q_sk_secret" }, /a key does not belong into a file/],
  ["a flag that is no flag", { strict: "maybe" }, /strict is neither true nor false/],
  ["a list of objects", { only: [{}] }, /only is not a text/],
  ["a list that is none", [], /is not a JSON object/],
  ["something else than JSON", "strict: true", /is not JSON/],
])("a file with %s is refused", async (_name, config, message) => {
  const file = await writeConfig(config);
  const result = await runCommand(["verify", "http://127.0.0.1:1", "--config", file], keyed);
  expect(result).toMatchObject({ code: 2, out: "" });
  expect(result.error).toMatch(message);
  expect(result.error).not.toContain("q_sk_secret");
});

test("on GitHub a violation is an annotation", async () => {
  const { out } = await withProvider(behaviorOf("bom"), (url) =>
    runCommand(["verify", url, ...resources, "--only", "read"], {
      ...keyed,
      GITHUB_ACTIONS: "true",
    }),
  );
  expect(out).toMatch(/^::error title=json\/bom::getSyncLog: expected no byte order mark/m);
});

test("--wait waits for a provider that is starting", async () => {
  let requests = 0;
  const starting = { status: 503, headers: {}, body: "" };
  const result = await withProvider(
    { route: () => ((requests += 1) < 3 ? starting : undefined) },
    (url) => runCommand(["verify", url, ...resources, "--only", "read", "--wait", "20s"], keyed),
  );
  expect(result).toMatchObject({ code: 0, error: "" });
});
