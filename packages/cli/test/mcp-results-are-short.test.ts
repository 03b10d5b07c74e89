import { describe, expect, test } from "vitest";
import { mcpOfFile, textOf } from "./support/mcp-client.ts";

const { mock, client } = await mcpOfFile();

describe("list_sync_logs", () => {
  const workspaceId = "ws_22222222-e89b-42d3-a456-426614174000";
  const list = (more: Readonly<Record<string, unknown>> = {}) =>
    client.callTool({ name: "list_sync_logs", arguments: { workspaceId, ...more } });

  test("has those that run first, and all of each", async () => {
    const syncs = ["completed", "ingesting"].map((status) => mock.sync({ workspaceId }).at(status));
    const result = await list();
    const items = syncs.toReversed().map(({ body }) => body);
    expect(result.structuredContent).toEqual({ items, total: 2, more: 0 });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
  });

  test.each([
    [{ status: ["failed"] }, ["failed"]],
    [{ status: ["ended", "pending"] }, ["pending", "completed", "failed"]],
    [{ type: ["live_sync"] }, []],
    [{ limit: 1 }, ["ingesting"]],
    [{ status: [], type: [], limit: 2 }, ["ingesting", "pending"]],
  ])("takes %j", async (input, statuses) => {
    for (const [index, status] of ["ingesting", "completed", "failed", "pending"].entries()) {
      mock.sync({ workspaceId }).at(status, { createdAt: `2021-01-0${9 - index}T00:00:00Z` });
    }
    const { structuredContent } = await list(input);
    const items = statuses.map((status) => expect.objectContaining({ status }));
    expect(structuredContent).toMatchObject({ items: expect.arrayContaining(items) });
    expect(structuredContent).toHaveProperty("items.length", statuses.length);
  });

  test("tells of what in the list is no log", async () => {
    const { body } = mock.sync({ workspaceId }).at("completed");
    mock.fault({ kind: "status", status: 200, body: [null, body, 5] });
    expect((await list()).structuredContent).toEqual({
      items: [body],
      total: 1,
      more: 0,
      next: "2 items of the list are no sync logs, and are left out.",
    });
  });

  test("tells a status that there is none of, so that a mistake is no empty list", async () => {
    mock.sync({ workspaceId }).at("completed");
    const result = await list({ status: ["complete"] });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/no sync log has the status "complete".*completed/iu);
  });

  test("of ten thousand says how many more there are, and stays short whatever the limit", async () => {
    const { body } = mock.sync({ workspaceId }).at("completed");
    const logs = Array.from({ length: 10_000 }, () => body);
    mock.fault({ kind: "status", status: 200, body: logs });
    const few = await list();
    expect(few.structuredContent).toMatchObject({
      items: { length: 20 },
      total: 10_000,
      more: 9980,
      next: expect.stringMatching(/^There are 9980 more/u),
    });
    const many = await list({ limit: 10_000 });
    expect(many.structuredContent).toHaveProperty(
      "items.length",
      expect.toSatisfy((length: number) => length > 30),
    );
    expect(textOf(many).length).toBeLessThan(60_000);
  });

  test.each([["none"], [{}], [null]])("the answer %j reaches the agent", async (body) => {
    mock.fault({ kind: "status", status: 200, body });
    expect(JSON.stringify((await list()).content)).not.toMatch(/validation|schema/iu);
  });
});

const longText = `a ${"long ".repeat(1_000_000)}text`;

test("a log of megabytes is cut, and its texts say so", async () => {
  const sync = mock.sync().at("failed");
  const { workspaceId, id } = sync;
  const manualSyncData = { list: Array.from({ length: 100_000 }, (_, index) => index) };
  const body = { ...sync.body, errorMessage: longText, manualSyncData };
  mock.fault({ kind: "status", status: 200, body });
  for (const name of ["get_sync_log", "wait_for_sync_log"]) {
    const result = await client.callTool({ name, arguments: { workspaceId, id } });
    expect(textOf(result).length).toBeLessThan(60_000);
    expect(textOf(result)).toContain(`"id": "${id}"`);
    expect(textOf(result)).toMatch(/… \(5000006 characters\)/u);
    expect(JSON.stringify(result.content)).toContain("end early");
  }
  mock.reset();
  mock.fault({ kind: "status", status: 200, body: [body] });
  const result = await client.callTool({ name: "list_sync_logs", arguments: { workspaceId } });
  expect(textOf(result).length).toBeLessThan(60_000);
  expect(result.structuredContent).toMatchObject({
    items: [{ id }],
    next: expect.stringContaining("end early"),
  });
});
