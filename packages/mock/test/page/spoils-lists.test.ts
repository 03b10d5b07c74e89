import { expect, test } from "vitest";
import { hasBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { openPage } from "./open-page.ts";

test.skipIf(!hasBrowser)("arms faults for one operation, and for what lists show", async () => {
  await using opened = await openPage({});
  const { page, mock, complaints } = opened;
  const sync = mock.sync().at("ingesting");
  const read = async (path: string): Promise<[status: number, text: string]> => {
    const response = await fetch(mock.url + path, { headers: { "X-API-Key": "q_sk_own" } });
    return [response.status, await response.text()];
  };
  const list = sync.path.slice(0, sync.path.lastIndexOf("/"));
  const choice = page.getByRole("combobox", { name: "For" });
  const unlist = page.getByRole("button", { name: "Not in lists" });
  expect(await unlist.isDisabled()).toBe(true);
  await choice.selectOption({ label: "listSyncLogs" });
  await page.getByRole("button", { name: "Three 503" }).click();
  await page.getByText("status 503 · 3 to go · listSyncLogs").waitFor();
  expect((await read(sync.path))[0]).toBe(200);
  expect((await read(list))[0]).toBe(503);
  await page.getByRole("row", { name: /listSyncLogs.*503 on purpose/ }).waitFor();
  await page.getByRole("button", { name: "Disarm the fault status 503" }).click();

  await choice.selectOption({ label: sync.id });
  expect(await page.getByRole("button", { name: "Old list, 5 s" }).isDisabled()).toBe(true);
  await unlist.click();
  await page.getByText(`unlisted · until removed · ${sync.id}`).waitFor();
  expect(await read(list)).toEqual([200, "[]"]);
  expect(complaints).toEqual([]);
});
