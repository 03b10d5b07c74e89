import { expect, test } from "vitest";
import { startMockServer } from "../src/index.ts";

const path = "/workspaces/ws_123e4567-e89b-12d3-a456-426614174000/sync-logs";
const headers = { "X-API-Key": "q_sk_test" };

test("answers with the completed example, then follows another sync from pending to completed", async () => {
  await using mock = await startMockServer();
  const read = async (id: string): Promise<unknown> => {
    const response = await fetch(`${mock.url}${path}/${id}`, { headers });
    return response.json();
  };
  expect(await read("sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad")).toMatchObject({
    status: "completed",
  });
  const statuses: unknown[] = [];
  for (let poll = 0; poll < 7; poll++) {
    statuses.push(await read("sync_123e4567-e89b-12d3-a456-426614174000"));
  }
  expect(statuses).toMatchObject(
    [
      "pending",
      "preparing",
      "data_fetching",
      "ingesting",
      "ingesting",
      "ingesting",
      "completed",
    ].map((status) => ({
      status,
      id: "sync_123e4567-e89b-12d3-a456-426614174000",
    })),
  );
});
