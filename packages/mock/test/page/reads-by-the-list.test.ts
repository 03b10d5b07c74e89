import { expect, test } from "vitest";
import { hasBrowser } from "@qontext/sync-log-test-support/launch-browser";
import { openPage } from "./open-page.ts";

test.skipIf(!hasBrowser)("reads the syncs of a workspace by its list", async () => {
  await using opened = await openPage({});
  const { page, mock, complaints } = opened;
  const syncs = Array.from({ length: 6 }, () =>
    mock.sync().follow("completed", { totalRecords: 1800, advance: { everyMs: 300 } }),
  );
  await expect
    .poll(() => page.locator('[data-status="completed"]').count(), { timeout: 20_000 })
    .toBe(6);
  const response = await fetch(`${mock.url}/_mock/api/requests?from=page`);
  const { requests }: { requests: { operation: string }[] } = JSON.parse(await response.text());
  const lists = requests.filter(({ operation }) => operation === "listSyncLogs");
  expect(lists.length).toBeGreaterThan(2);
  // Each sync is read alone at its beginning and its end, and hardly ever between.
  expect(requests.length - lists.length).toBeLessThan(4 * syncs.length);
  expect(mock.requests).toEqual([]);
  expect(complaints).toEqual([]);
});
