import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

export type { Browser, Page } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether tests can run in a browser. With `CI` set they must: there an absent browser is a failure. */
export const hasBrowser: boolean = existsSync(executablePath) || Boolean(process.env["CI"]);

if (!hasBrowser) console.warn(`Tests in a browser are skipped: ${executablePath} does not exist.`);

/** Starts a Chromium that asks no other machine for anything. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
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
