import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeHar, type Report } from "@qontext/sync-log-contract";
import { launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, it } from "vitest";
import { verification, withService } from "./support/services.ts";

const pathOfLog = `/workspaces/${verification.workspace}/sync-logs/${verification.syncLogs?.[0]}`;

it.each([
  ["full, with bodies inside", "full", "embed"],
  ["full, with bodies beside it", "full", "attach"],
  ["minimal, with bodies inside", "minimal", "embed"],
  ["minimal, with bodies beside it", "minimal", "attach"],
] as const)("Chromium's recording by Playwright, %s, is judged", async (_name, mode, content) => {
  using folder = scratchFolder();
  const file = join(folder.path, "traffic.har");
  const record = async (mistake: string): Promise<void> =>
    withService("express", mistake, async (url) => {
      await using browser = await launchBrowser();
      const context = await browser.newContext({ recordHar: { path: file, mode, content } });
      const page = await context.newPage();
      // A page under the path of a log, as a single-page application has it; then two reads, and one without a key.
      await page.goto(`${url}${pathOfLog}`);
      const read = (key: string | undefined): Promise<number> =>
        page.evaluate(
          async ([path, given]) => {
            const headers = given === undefined ? {} : { "X-API-Key": given };
            const response = await fetch(path, { headers });
            // Playwright has no body that the page did not read.
            await response.text();
            return response.status;
          },
          [pathOfLog, key] as const,
        );
      expect([
        await read(verification.apiKey),
        await read(verification.apiKey),
        await read(undefined),
      ]).toEqual([200, 200, 401]);
      await context.close();
    });
  const judge = (): Promise<Report> =>
    judgeHar([{ name: file, folder: folder.path, text: readFileSync(file, "utf8") }]);
  await record("");
  const report = await judge();
  expect(report.violations.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(report.notJudged).toEqual([]);
  expect(report).toMatchObject({ verdict: "conforms", requests: 3 });
  await record("counts-as-texts");
  expect((await judge()).violations.map(({ check }) => check)).toContain("schema/type");
});
