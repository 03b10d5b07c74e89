import { join } from "node:path";
import type { Browser } from "@qontext/sync-log-test-support/launch-browser";
import { hasBrowser, launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allSections } from "../../src/navigation.ts";
import { artifactsDir, overflow, seriousFindings, settled, watchPage } from "./page-checks.ts";
import { serveSite } from "./site-server.ts";

const paths = [
  "/index",
  ...allSections.flatMap(({ items }) => items.map(({ link }) => link)),
] as const;

/** Each scheme and each width is judged; that what fits and can be read in one of them does in the other is looked at, too. */
const views = [
  { width: 1280, colorScheme: "light", isJudged: true },
  { width: 1280, colorScheme: "dark", isJudged: false },
  { width: 390, colorScheme: "dark", isJudged: true },
  { width: 390, colorScheme: "light", isJudged: false },
] as const;

type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** What is typed before the page listens, or before the box is there, is lost. */
async function search(page: Page, word: string): Promise<void> {
  const box = page.locator(".VPLocalSearchBox .search-input:focus");
  const open = async (): Promise<boolean> => {
    if (!(await box.isVisible())) await page.keyboard.press("Control+k");
    return box.isVisible();
  };
  await expect.poll(open).toBe(true);
  await page.keyboard.type(word);
}

describe.skipIf(!hasBrowser)("in Chromium", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launchBrowser(), serveSite()]);
  });
  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
  });

  test.each(paths)(
    "%s stays on this machine, has no error, fits and is accessible in every view",
    async (path) => {
      await using page = await browser.newPage({ colorScheme: "light" });
      const troubles = watchPage(page);
      await page.goto(`${site.url}${path}.html`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      if (path === "/reference/explorer") {
        await page.getByRole("button", { name: "Test Request" }).first().waitFor();
      }
      // The page of a module is as long as the module, and made as the others are.
      const isLong = /^\/reference\/packages\/(?!index$|sync-log-redact$)/u.test(path);
      for (const { width, colorScheme, isJudged } of views) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await settled(page, colorScheme);
        const name = `${path.slice(1).replaceAll("/", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(artifactsDir, name) });
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        const findings = isJudged && !isLong ? await seriousFindings(page) : [];
        expect(findings).toEqual([]);
      }
      expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
    },
  );

  test("works by keyboard: past the navigation, and to a page by search", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.url}/guides/keys.html`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#VPContent");
    await search(page, "deadline");
    const found = page.locator('.VPLocalSearchBox .result[href*="retries-and-deadlines"]');
    await found.first().waitFor();
    const best = await page.locator(".VPLocalSearchBox .result").first().getAttribute("href");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain(best ?? "no result");
  });

  test.each([
    ["recordsIngested", "/reference/"],
    ["wait_timeout", "/guides/errors.html#wait_timeout"],
    ["401", "/guides/errors.html#authentication_failed"],
    ["429", "/guides/errors.html#rate_limited"],
    ["createNodeFetch", "/reference/packages/sync-log-client/node.html"],
    ["how do I test", "/guides/testing.html#testing"],
    ["how do I wait", "/guides/waiting-well.html"],
    ["key rotation", "/guides/keys.html"],
    ["commonjs", "/guides/where-it-runs.html"],
  ])("finds %s, and what it is about first", async (word, address) => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.url}/index.html`);
    await search(page, word);
    const best = page.locator(".VPLocalSearchBox .result").first();
    await expect.poll(() => best.getAttribute("href")).toContain(address);
  });

  test("switches the scheme, also of the explorer", async () => {
    await using page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      colorScheme: "light",
    });
    await page.goto(`${site.url}/reference/explorer.html`);
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    await page.getByRole("switch").click();
    await page.locator("body.dark-mode").waitFor();
    expect(await page.locator("html").getAttribute("class")).toContain("dark");
  });

  test("copies a code block", async () => {
    await using context = await browser.newContext({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await using page = await context.newPage();
    await page.goto(`${site.url}/guides/keys.html`);
    const block = page.locator("div.language-ts").first();
    await block.locator("button.copy").click({ force: true });
    await block.locator("button.copy.copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toBe((await block.locator("pre code").innerText()).trim());
    expect(copied).toContain("createSyncLogClient");
  });
});
