import { launchBrowser } from "@qontext/sync-log-test-support/launch-browser";
import type { Page } from "@qontext/sync-log-test-support/launch-browser";
import { startMockServer } from "../../dist/index.js";
import type { MockServer } from "../../dist/index.js";

// The page opens every workspace with a key of its own.
const apiKeys = { q_sk_own: ["ws_11111111-1111-4111-8111-111111111111"] };

/** The page of a mock in a real browser. */
export interface OpenPage extends AsyncDisposable {
  readonly mock: MockServer;
  readonly page: Page;
  /** URLs that the page asked for outside of the mock. */
  readonly foreign: readonly string[];
  /** What the browser's console complained about. */
  readonly complaints: readonly string[];
  /** Keeps what the page looks like. */
  readonly screenshot: (name: string) => Promise<void>;
}

/** Opens the page of a new mock. */
export async function openPage(options: {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}): Promise<OpenPage> {
  const mock = await startMockServer({ scenarios: [], apiKeys });
  const browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1100, height: 800 },
    colorScheme: options.colorScheme ?? "light",
    // Screenshots show where a movement ends.
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(mock.url)) foreign.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The browser itself reports each answer that is an error; those are what the tests ask for.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  await page.goto(`${mock.url}/_mock/`);
  return {
    mock,
    page,
    foreign,
    complaints,
    async screenshot(name) {
      await page.screenshot({ path: `artifacts/page-${name}.png`, fullPage: true });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await mock.close();
    },
  };
}
