import { expect, test } from "vitest";
import { hostNames, hosts, serverCommand } from "../src/mcp/host-config.ts";
import { testKey } from "./support/run-cli.ts";
import { runInProcess } from "./support/run-in-process.ts";

const options = ["--base-url", "https://api.example.com", "--timeout", "10s"];
const server = {
  command: "npx",
  args: ["-y", "@qontext/sync-log-cli", "mcp", ...options],
};

/** Where each host looks for a server, and how it is given the key. */
const places: Readonly<Record<string, readonly [place: string, key: string]>> = {
  "claude-desktop": ["mcpServers", "YOUR_API_KEY"],
  "claude-code": ["mcpServers", "${QONTEXT_API_KEY}"],
  cursor: ["mcpServers", "${env:QONTEXT_API_KEY}"],
  vscode: ["servers", "${input:qontext-api-key}"],
  windsurf: ["mcpServers", "${env:QONTEXT_API_KEY}"],
  "gemini-cli": ["mcpServers", "$QONTEXT_API_KEY"],
};

test.each(hostNames.filter((name) => name !== "codex"))(
  "%s is told how to start the server, and where the key comes from",
  async (host) => {
    const run = await runInProcess(["mcp", "--print-config", host, ...options]);
    const [place = "", key] = places[host] ?? [];
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      [place]: { "qontext-sync-log": { ...server, env: { QONTEXT_API_KEY: key } } },
    });
    expect(run.stderr).toMatch(/^For .*\./u);
  },
);

test("Codex is told so in TOML", async () => {
  const run = await runInProcess(["mcp", "--print-config", "codex", ...options]);
  expect(run.stdout).toBe(`[mcp_servers.qontext-sync-log]
command = "npx"
args = ${JSON.stringify(server.args)}
env_vars = ["QONTEXT_API_KEY"]
`);
});

test.each(hostNames)("the key is never in what %s is told", async (host) => {
  const args = ["mcp", "--print-config", host, "--api-key", testKey];
  const run = await runInProcess(args, { QONTEXT_API_KEY: testKey });
  expect(run.code).toBe(0);
  expect(run.stdout + run.stderr).not.toContain(testKey);
  expect(run.stdout).not.toContain("--api-key");
});

test("on Windows, a shell starts npx", () => {
  const { command, args } = serverCommand("package", [], "win32");
  expect([command, ...args]).toEqual(["cmd", "/c", "npx", "-y", "package", "mcp"]);
  expect(hosts["claude-code"].config({ command, args })).toContain('"command": "cmd"');
});
