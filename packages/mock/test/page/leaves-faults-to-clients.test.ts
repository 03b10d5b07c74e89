import { expect, test } from "vitest";
import { hasBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { openPage } from "./open-page.ts";

test.skipIf(!hasBrowser)(
  "arms faults for clients alone, lists what is left of them, and disarms them one by one",
  async () => {
    await using opened = await openPage({});
    const { page, mock, screenshot } = opened;
    const sync = mock.sync().at("ingesting");
    const readStatus = async (): Promise<number> => {
      const headers = { "X-API-Key": "q_sk_own" };
      return (await fetch(mock.url + sync.path, { headers })).status;
    };
    await page.getByRole("button", { name: "Three 503" }).click();
    await page.getByText("status 503 · 3 to go").waitFor();
    await page.getByRole("button", { name: "Malformed JSON" }).click();
    await page.getByText("malformed-json · 1 to go").waitFor();
    // The page has read the sync by now, and reads it again after each of its refreshes.
    await page.locator("[data-sync]").getByText("450 of 1,800").waitFor();
    expect(mock.requests).toEqual([]);
    expect(await readStatus()).toBe(503);
    await page.getByText("status 503 · 2 to go").waitFor();
    await page.getByRole("row", { name: /503 on purpose/ }).waitFor();
    await screenshot("armed");

    await page.getByRole("button", { name: "Disarm the fault status 503" }).click();
    await page.getByText("status 503 · 2 to go").waitFor({ state: "detached" });
    expect(await readStatus()).toBe(200);
    await page.getByText("No fault is armed.").waitFor();

    const rows = page.locator("#requests tr");
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByRole("checkbox", { name: /this page/ }).check();
    await page.getByText("this page", { exact: true }).first().waitFor();
  },
);

test.skipIf(!hasBrowser)(
  "shows ids, workspace, key and curl line whole, to be copied",
  async () => {
    await using opened = await openPage({});
    const { page, mock } = opened;
    const sync = mock.sync().at("ingesting");
    const card = page.locator("[data-sync]");
    const curl = `curl -H 'X-API-Key: q_sk_own' ${mock.url}${sync.path}`;
    for (const [what, text] of [
      ["the id", sync.id],
      ["the workspace", sync.workspaceId],
      ["the key", "q_sk_own"],
      ["the curl line", curl],
    ] as const) {
      await card.getByText(text, { exact: true }).waitFor();
      await card.getByRole("button", { name: `Copy ${what}` }).click();
      await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toBe(text);
    }
  },
);
