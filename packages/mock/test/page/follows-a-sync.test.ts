import { expect, test } from "vitest";
import { hasBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { openPage } from "./open-page.ts";

test.skipIf(!hasBrowser)("shows a new sync from pending to completed", async () => {
  await using opened = await openPage({});
  const { page, mock, foreign, complaints, screenshot } = opened;
  await page.getByRole("spinbutton", { name: "Records" }).fill("5000");
  await page.getByRole("combobox", { name: "Moves on" }).selectOption("300");
  await page.getByRole("button", { name: "completed", exact: true }).click();
  const card = page.locator("[data-sync]");
  await page.locator('[data-status="ingesting"]').waitFor();
  await screenshot("ingesting");

  await page.locator('[data-status="completed"]').waitFor();
  await card.getByText("5,000 of 5,000 · 100 %").waitFor();
  await expect.poll(() => page.getByRole("status").textContent()).toMatch(/is completed/);
  await card.locator('[aria-current="step"]', { hasText: "completed" }).waitFor();
  await card.getByText("has ended").waitFor();
  await screenshot("completed");

  expect(mock.requests).toEqual([]);
  expect(await card.getByRole("img").getAttribute("class")).toBe("plot");
  expect(await card.getByRole("img").textContent()).toMatch(/at most [1-9]\d* records a second/);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
