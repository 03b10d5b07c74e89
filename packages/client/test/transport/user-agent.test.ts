import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

async function startEcho() {
  const seen: (string | undefined)[] = [];
  const server = await startServer((request, response) => {
    seen.push(request.headers["user-agent"]);
    response.end(JSON.stringify(exampleSyncLog("completed")));
  });
  return { seen, options: { apiKey, baseUrl: server.url } };
}

it("a request says what sends it, unless the caller does", async () => {
  const { seen, options } = await startEcho();
  await createSyncLogClient(options).getSyncLog(ids);
  const own = createSyncLogClient({ ...options, headers: { "User-Agent": "mine/1" } });
  await own.getSyncLog(ids);
  await own.getSyncLog(ids, { headers: { "user-agent": "mine/2" } });
  expect(seen).toEqual([
    expect.stringMatching(/^qontext-sync-log-client\/\d+\.\d+\.\d+\S* Node\.js\/\d+$/),
    "mine/1",
    "mine/2",
  ]);
});

it.each([
  [undefined, /^qontext-sync-log-client\/\S+ Node\.js\/\d+\.\d+\.\d+$/],
  [{ userAgent: "Bun/1.4.5" }, / Bun\/1\.4\.5$/],
  [{ userAgent: "Deno/2.9.6" }, / Deno\/2\.9\.6$/],
  [{ userAgent: "Cloudflare-Workers" }, / Cloudflare-Workers$/],
  [{ userAgent: "Odd/1\r\nx: y" }, / Odd\/1$/],
])("the runtime shows by its navigator: %j", async (navigator, expected) => {
  vi.stubGlobal("navigator", navigator);
  const { seen, options } = await startEcho();
  await createSyncLogClient(options).getSyncLog(ids);
  expect(seen).toEqual([expect.stringMatching(expected)]);
});

it("a browser sends its own, and asks no server for leave to send another", async () => {
  vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0" });
  const sent: unknown[] = [];
  const client = createSyncLogClient({
    apiKey,
    dangerouslyAllowBrowser: true,
    fetch(_, { headers }) {
      sent.push(headers);
      return Promise.resolve(Response.json(exampleSyncLog("completed")));
    },
  });
  await client.getSyncLog(ids);
  expect(sent).toEqual([{ accept: "application/json", "x-api-key": apiKey }]);
});

it("the version is that of the package", () => {
  const root = join(import.meta.dirname, "../..");
  const { version }: { version?: unknown } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const code = `const { createSyncLogClient } = await import(${JSON.stringify(join(root, "dist/index.js"))});
const fetch = async (_, { headers }) => (process.stdout.write(headers["user-agent"]), Response.json({ id: "s" }));
await createSyncLogClient({ apiKey: "q_sk_test", fetch }).getSyncLog({ workspaceId: "w", id: "s" });`;
  const shown = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
  });
  expect(shown).toMatch(
    new RegExp(`^qontext-sync-log-client/${String(version).replaceAll(".", String.raw`\.`)} `),
  );
});
