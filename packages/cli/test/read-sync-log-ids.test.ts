import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readSyncLogIds, syncLogIdsIn } from "../src/input/read-sync-log-ids.ts";

test.each([
  ['{"syncLogId":"sync_a"}', ["sync_a"]],
  ['{\n  "data": {"syncLogId": "sync_a"}\n}', ["sync_a"]],
  ['[{"syncLogId":"sync_a"},{"syncLogId":"sync_b"}]', ["sync_a", "sync_b"]],
  ['{"syncLogId":"sync_a"}\n{"syncLogId":"sync_b"}\n', ["sync_a", "sync_b"]],
  ["sync_a\nsync_b sync_c\r\n", ["sync_a", "sync_b", "sync_c"]],
  ['"sync_a"', ["sync_a"]],
  ["sync_a\nsync_a\n", ["sync_a"]],
])("finds the ids in %j", (text, ids) => {
  expect(syncLogIdsIn(text)).toEqual(ids);
});

test.each(["", "\n", "{}", '{"syncLogId":null}', "[]", "null", "17"])(
  "finds none in %j",
  (text) => {
    expect(() => syncLogIdsIn(text)).toThrow(/syncLogId/u);
  },
);

test("takes - for standard input, in its place and once", async () => {
  const stdin = Readable.from(['{"syncLog', 'Id":"sync_b"}']);
  expect(await readSyncLogIds(["sync_a", "-", "sync_b", "sync_c"], stdin)).toEqual([
    "sync_a",
    "sync_b",
    "sync_c",
  ]);
});

test("does not wait for a person to type ids", async () => {
  const stdin = Object.assign(Readable.from([]), { isTTY: true });
  await expect(readSyncLogIds(["-"], stdin)).rejects.toThrow(/pipe/u);
});

function* endless() {
  for (;;) yield Buffer.alloc(1 << 20, 97);
}

test("gives up an endless input", async () => {
  const stdin = Readable.from(endless());
  await expect(readSyncLogIds(["-"], stdin)).rejects.toThrow(/10 MiB/u);
});
