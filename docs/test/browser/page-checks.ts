import { join } from "node:path";
import axe from "axe-core";
import type { AxeResults } from "axe-core";
import type { Page } from "@qontext/sync-log-test-support/launch-browser";

export const artifactsDir: string = join(import.meta.dirname, "..", "..", "artifacts");

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
  const { violations } = await page.evaluate<AxeResults>("axe.run({ preload: false })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html}`);
}

/** By how many pixels a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Waits until a page has taken the scheme, and nothing on it moves any more. */
export async function settled(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.waitForFunction((scheme) => {
    const { documentElement: root, body } = document;
    // The explorer has classes of its own.
    const isTaken = !body.classList.contains(scheme === "dark" ? "light-mode" : "dark-mode");
    const moving = document
      .getAnimations()
      .filter(
        (one) =>
          one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity,
      );
    return (
      root.classList.contains("dark") === (scheme === "dark") && isTaken && moving.length === 0
    );
  }, colorScheme);
}
