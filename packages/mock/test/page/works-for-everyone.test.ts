import { syncLogStatusValues } from "@qontext/sync-log-schema";
import { expect, test } from "vitest";
import type { OpenPage } from "./open-page.ts";
import { hasBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { openPage } from "./open-page.ts";

const sizes = [
  { name: "narrow-dark", width: 360, colorScheme: "dark" },
  { name: "wide-dark", width: 1100, colorScheme: "dark" },
  { name: "narrow-light", width: 360, colorScheme: "light" },
] as const;

test.skipIf(!hasBrowser).each(sizes)(
  "fits its window, and can be read: $name",
  async ({ name, ...options }) => {
    await using opened = await openPage(options);
    const { page, mock, screenshot } = opened;
    mock.sync().at("ingesting");
    mock.sync().at("failed");
    mock.sync().at("completed");
    mock.sync().at("stopped");
    await page.locator('[data-status="failed"]').waitFor();
    await page.locator("[data-sync]").getByText("450 of 1,800 · 25 %").first().waitFor();
    await screenshot(name);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await lowContrast(opened)).toEqual([]);
  },
);

test.skipIf(!hasBrowser)("works by keyboard alone", async () => {
  await using opened = await openPage({});
  const { page, mock, screenshot } = opened;
  await page.getByRole("button", { name: "completed", exact: true }).waitFor();
  const seen: string[] = [];
  const focused = async (): Promise<string> =>
    String(await page.evaluate("document.activeElement.textContent"));
  // A button or two for each status, behind the four that are always there.
  const most = 4 + 2 * syncLogStatusValues.length;
  for (let press = 0; press < most && seen.at(-1) !== "at ingesting"; press++) {
    await page.keyboard.press("Tab");
    seen.push(await focused());
  }
  expect(seen.slice(0, 2)).toEqual(["Skip to the syncs", "Start over"]);
  await page.keyboard.press("Enter");
  const advance = page.getByRole("button", { name: /^Remove sync_/ });
  await advance.waitFor();
  await page.locator("[data-sync]").getByText("450 of 1,800").waitFor();
  expect(mock.requests).toEqual([]);
  await screenshot("keyboard");
  await advance.focus();
  await page.keyboard.press("Space");
  await page.getByText("There is no sync yet").waitFor();
});

/** Texts whose color is too near to what is behind them (WCAG 2.2, 1.4.3: 4.5 to 1). */
async function lowContrast({ page }: OpenPage): Promise<unknown> {
  return page.evaluate(`(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const paint = (colors) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((c) => { const s = c / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      if (!own || element.closest("[hidden], :disabled, .visually-hidden, .skip, title, script, option")) continue;
      const behind = [];
      for (let at = element; at !== null; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
      const ground = paint(["white", ...behind]);
      const text = paint(["white", ...behind, getComputedStyle(element).color]);
      const [light, dark] = [luminance(ground), luminance(text)].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < 4.5) found.push(element.textContent.trim() + " " + ratio.toFixed(2));
    }
    return found;
  })()`);
}
