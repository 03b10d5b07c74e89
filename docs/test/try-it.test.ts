import { join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import type { Browser, Page } from "@qontext/sync-log-test-support/launch-browser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mockServer } from "../src/reference-document.ts";
import { hasBrowser, launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { artifactsDir, seriousFindings, watchPage } from "./support/page-checks.ts";
import { serveSite } from "./support/site-server.ts";

const key = "q_sk_typed_into_the_page";

async function openTryIt(page: Page, siteUrl: string): Promise<void> {
  await page.goto(`${siteUrl}/reference.html`);
  const open = page.getByRole("button", { name: "Test Request" }).first();
  await open.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
}

describe.skipIf(!hasBrowser)("try-it in Chromium", () => {
  let browser: Browser;
  let mock: MockServer;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    mock = await startMockServer({
      apiKeys: { [key]: ["ws_123e4567-e89b-12d3-a456-426614174000"] },
    });
    // The page names the port that the mock's command takes by default; here another one is free.
    site = await serveSite((html) => html.replaceAll(mockServer.url, mock.url));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
    await mock.close();
  });
  beforeEach(() => mock.reset());

  test("sends the key that was typed to the mock, by keyboard, and shows the answer", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const troubles = watchPage(page);
    await openTryIt(page, site.url);
    await page.getByRole("dialog").locator("input.scalar-password-input").focus();
    await page.keyboard.type(key);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("200", { exact: false }).first().waitFor();
    await page.getByText('"recordsIngested"').first().waitFor();
    expect(
      mock.requests.filter(({ method }) => method === "GET").map(({ status }) => status),
    ).toEqual([200]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: join(artifactsDir, "try-it.png") });
    expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
  });

  test("keeps the key nowhere", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await openTryIt(page, site.url);
    await page.getByRole("dialog").locator("input.scalar-password-input").fill(key);
    await page.keyboard.press("Control+Enter");
    await page.getByText('"recordsIngested"').first().waitFor();
    const stored = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
    );
    expect(stored).not.toContain(key);
    await page.reload();
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    expect(await page.locator("input.scalar-password-input").first().inputValue()).toBe("");
  });
});
