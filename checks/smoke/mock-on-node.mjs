// Run by every Node that the packages support: the mock by import and by require, over a socket, with its page.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { BodyError, startMockServer } from "@qontext/sync-log-mock";

const required = createRequire(import.meta.url)("@qontext/sync-log-mock");
assert.equal(required.startMockServer, startMockServer);

const mock = await startMockServer({
  seed: 1,
  scenarios: [],
  apiKeys: { q_sk_test: ["ws_123e4567-e89b-12d3-a456-426614174000"] },
});
const headers = { "X-API-Key": "q_sk_test" };
const read = async (path, init = { headers }) => {
  const response = await fetch(mock.url + path, init);
  return { status: response.status, text: await response.text() };
};

const sync = mock.sync().follow("completed");
const statuses = [];
for (let poll = 0; poll < 7; poll++) statuses.push(JSON.parse((await read(sync.path)).text).status);
assert.deepEqual(statuses, [
  "pending",
  "preparing",
  "data_fetching",
  "ingesting",
  "ingesting",
  "ingesting",
  "completed",
]);
assert.equal((await read(sync.path, {})).status, 401);
assert.equal((await read(`${sync.path}0`)).status, 400);
assert.equal((await read("/nowhere")).status, 404);
assert.throws(() => mock.sync().at("failed", { errorMessage: null }), BodyError);
sync.fault({ kind: "reset", at: "body" }, { times: 1 });
await assert.rejects(read(sync.path));
assert.equal((await read(sync.path)).status, 200);
assert.match((await read("/_mock/", {})).text, /<title>Sync-log mock<\/title>/);
assert.equal((await read("/_mock/api/info", {})).status, 200);
assert.equal((await mock.fetch(sync.path, { headers })).status, 200);
await mock.close();
process.stdout.write("passed\n");
