import { join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import type { Browser, Page } from "@qontext/sync-log-test-support/launch-browser";
import { hasBrowser, launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mockKey, mockServer } from "../../src/code-samples.ts";
import { artifactsDir, seriousFindings, watchPage } from "./page-checks.ts";
import { serveSite } from "./site-server.ts";

const typedKey = "q_sk_typed_into_the_page";
const workspace = "ws_123e4567-e89b-12d3-a456-426614174000";

async function openTryIt(page: Page, siteUrl: string): Promise<void> {
  await page.goto(`${siteUrl}/reference/explorer.html`);
  const open = page.getByRole("button", { name: "Test Request" }).first();
  await open.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
}

describe.skipIf(!hasBrowser)("the explorer in Chromium", () => {
  let browser: Browser;
  let mock: MockServer;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    mock = await startMockServer({ apiKeys: { [mockKey]: [workspace] } });
    // The page names the port that the mock's command takes by default; here another one is free.
    site = await serveSite((text) => text.replaceAll(mockServer.url, mock.url));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
    await mock.close();
  });
  beforeEach(() => mock.reset());

  const statuses = (): readonly unknown[] =>
    mock.requests.filter(({ method }) => method === "GET").map(({ status }) => status);

  test("gets a 200 from the mock at the first click, by keyboard", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const troubles = watchPage(page);
    await openTryIt(page, site.url);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("200", { exact: false }).first().waitFor();
    await page.getByRole("dialog").getByText('"recordsIngested"').first().waitFor();
    expect(statuses()).toEqual([200]);
    expect(await seriousFindings(page)).toEqual([]);
    await page.screenshot({ path: join(artifactsDir, "try-it.png") });
    expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
  });

  test("sends the key that was typed in its place, and keeps it nowhere", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await openTryIt(page, site.url);
    await page.getByRole("dialog").locator("input.scalar-password-input").fill(typedKey);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("401", { exact: false }).first().waitFor();
    expect(statuses()).toEqual([401]);
    const stored = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
    );
    expect(stored).not.toContain(typedKey);
    await page.reload();
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    expect(await page.locator("input.scalar-password-input").first().inputValue()).not.toContain(
      typedKey,
    );
  });

  test("shows whole paths, and samples in four languages", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.url}/reference/explorer.html`);
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    const clipped = await page
      .locator(".endpoint, .scalar-card-header-title")
      .evaluateAll((elements) => elements.filter((one) => one.scrollWidth > one.clientWidth + 1));
    expect(clipped).toEqual([]);
    await page.getByRole("button", { name: "curl", exact: true }).first().click();
    const samples = await page.getByRole("listbox").innerText();
    for (const name of ["curl", "TypeScript: read it once", "Python", "Go"]) {
      expect(samples).toContain(name);
    }
  });

  test("says what each status means, and what comes next", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.url}/reference/explorer.html`);
    await page.getByRole("button", { name: "200 Sync log successfully fetched" }).click();
    const meaning = page.getByText("The sync was created and has not started. Next: preparing");
    await meaning.first().waitFor();
    expect(await meaning.first().isVisible()).toBe(true);
  });

  test("works from a file, without a server, as the command line opens it", async () => {
    await using page = await browser.newPage();
    const troubles = watchPage(page);
    await page.goto(new URL("../../dist/reference/index.html", import.meta.url).href);
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
  });
});
