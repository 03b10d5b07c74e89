import { join } from "node:path";
import type { Browser } from "@qontext/sync-log-test-support/launch-browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pages } from "../src/pages.ts";
import { hasBrowser, launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { artifactsDir, overflow, seriousFindings, watchPage } from "./support/page-checks.ts";
import { serveSite } from "./support/site-server.ts";

const views = [
  { name: "wide-light", width: 1280, height: 900, colorScheme: "light" },
  { name: "narrow-dark", width: 360, height: 740, colorScheme: "dark" },
] as const;

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

  describe.each(pages)("$path", ({ path, title }) => {
    test.each(views)(
      "stays on this machine, has no error, fits and is accessible: $name",
      async ({ name, width, height, colorScheme }) => {
        await using page = await browser.newPage({ viewport: { width, height }, colorScheme });
        const troubles = watchPage(page);
        await page.goto(`${site.url}/${path}`);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        if (path === "reference.html") {
          await page.getByRole("button", { name: "Test Request" }).first().waitFor();
        }
        expect(await page.title()).toContain(title);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await seriousFindings(page)).toEqual([]);
        await page.screenshot({
          path: join(artifactsDir, `${path.replaceAll("/", "-").replace(".html", "")}-${name}.png`),
        });
        expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
      },
    );
  });

  test("works by keyboard: past the navigation, and through it", async () => {
    await using page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.url}/index.html`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.getByRole("link", { name: "Keys", exact: true }).first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/guides/keys.html");
    expect(
      await page.getByRole("link", { name: "Keys" }).first().getAttribute("aria-current"),
    ).toBe("page");
  });

  test("opens the navigation of a narrow page by keyboard", async () => {
    await using page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${site.url}/guides/waiting-well.html`);
    const link = page.getByRole("link", { name: "Lifecycle", exact: true });
    expect(await link.isVisible()).toBe(false);
    await page.locator("summary").focus();
    await page.keyboard.press("Enter");
    await link.waitFor({ state: "visible" });
  });

  test("works from a file, without a server", async () => {
    await using page = await browser.newPage();
    const troubles = watchPage(page);
    await page.goto(new URL("../dist/reference.html", import.meta.url).href);
    await page.getByRole("button", { name: "Test Request" }).first().waitFor();
    expect(troubles).toEqual({ strangers: [], consoleErrors: [] });
  });
});
