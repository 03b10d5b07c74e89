import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { AxeResults } from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether tests in a browser can run. In CI they must: there an absent browser is a failure. */
export const hasBrowser: boolean = existsSync(executable) || Boolean(process.env["CI"]);

export const artifactsDir: string = join(import.meta.dirname, "..", "..", "artifacts");

export async function launchBrowser(): Promise<Browser> {
  mkdirSync(artifactsDir, { recursive: true });
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** What a page did that it should not have. */
export interface PageTroubles {
  /** Addresses of requests that left this machine. */
  readonly strangers: readonly string[];
  /** Errors and warnings on the console, and uncaught ones. */
  readonly consoleErrors: readonly string[];
}

const isLocal = (address: string): boolean =>
  /^(?:data|blob|about|file):/u.test(address) ||
  ["127.0.0.1", "localhost"].includes(new URL(address).hostname);

/** Collects troubles of a page from now on. */
export function watchPage(page: Page): PageTroubles {
  const strangers: string[] = [];
  const consoleErrors: string[] = [];
  page.on("request", (request) => {
    if (!isLocal(request.url())) strangers.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) consoleErrors.push(message.text());
  });
  page.on("pageerror", (error) => consoleErrors.push(error.message));
  return { strangers, consoleErrors };
}

/** What axe finds serious or critical, with the first place of each. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // What axe's own script, just loaded, resolves to.
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html}`);
}

/** By how many pixels a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
