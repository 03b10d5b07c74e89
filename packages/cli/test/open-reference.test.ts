import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test, vi } from "vitest";
import { runCli } from "./support/run-cli.ts";

test("--print says where the reference is, and it is there", async () => {
  const { code, stdout } = await runCli("", ["open-reference", "--print"]);
  expect(code).toBe(0);
  const html = readFileSync(fileURLToPath(stdout.trim()), "utf8");
  expect(html).toContain("getSyncLog");
});

test.skipIf(process.platform !== "linux")("opens the reference in the browser", async () => {
  using scratch = scratchFolder();
  const opened = join(scratch.path, "opened");
  const browser = join(scratch.path, "browser");
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf '%s' "$1" > "${opened}.new" && mv "${opened}.new" "${opened}"\n`,
  );
  chmodSync(browser, 0o755);
  const { stdout } = await runCli("", ["open-reference"], { env: { BROWSER: browser } });
  await vi.waitUntil(() => existsSync(opened), { timeout: 60_000 });
  expect(readFileSync(opened, "utf8")).toBe(stdout.trim());
});
