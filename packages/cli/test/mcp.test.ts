import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { describe, expect, test, vi } from "vitest";
import { mcpOfFile } from "./support/mcp-client.ts";
import { runCli, testKey } from "./support/run-cli.ts";

const { mock, client } = await mcpOfFile();

test("has a tool for each operation, described and typed by the document, and one that waits", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    "get_sync_log",
    "wait_for_sync_log",
    "list_sync_logs",
  ]);
  const [read, wait, list] = tools;
  const get = { summary: read?.title, description: read?.description };
  expect(openapiDocument).toMatchObject({
    paths: { "/workspaces/{workspaceId}/sync-logs/{id}": { get } },
  });
  expect(read?.inputSchema).toMatchObject({
    type: "object",
    required: ["workspaceId", "id"],
    additionalProperties: false,
    $defs: { SyncLogId: { type: "string", examples: [expect.stringMatching(/^sync_/u)] } },
  });
  const { schemas } = JSON.parse(JSON.stringify(openapiDocument)).components;
  expect(Object.keys(read?.outputSchema?.["properties"] ?? {})).toEqual(
    Object.keys(schemas.SyncLog.properties),
  );
  expect(Object.keys(wait?.inputSchema.properties ?? {})).toEqual([
    "workspaceId",
    "id",
    "maxWaitSeconds",
  ]);
  expect(list?.outputSchema).toMatchObject({
    properties: { items: { items: { $ref: "#/$defs/SyncLog" } } },
  });
  for (const { name, title } of tools) {
    expect(client.getInstructions()).toContain(`${name}: ${title}.`);
  }
  // Nothing refers to what an agent does not get.
  expect(JSON.stringify(tools)).not.toMatch(/#\/components|"x-/u);
});

test("reads a sync log", async () => {
  const { workspaceId, id, body } = mock.sync().at("ingesting");
  const result = await client.callTool({ name: "get_sync_log", arguments: { workspaceId, id } });
  expect(result.isError ?? false).toBe(false);
  expect(result.structuredContent).toEqual(body);
});

describe("whatever the service sends", () => {
  const odd = {
    status: "archived\u001b[2J",
    type: 7,
    ingestionPipelineId: "01J8ZQ",
    createdAt: null,
    completedAt: "yesterday",
    recordsIngested: "450",
    preparationMetadata: { contacts: "many", deals: null },
    correlationId: "no trace",
    region: ["eu"],
  };

  test("a log reaches the agent as it is", async () => {
    const sync = mock.sync().at("completed");
    const body = { ...sync.body, ...odd };
    sync.fault({ kind: "status", status: 200, body }, { times: 1 });
    const { workspaceId, id } = sync;
    const result = await client.callTool({ name: "get_sync_log", arguments: { workspaceId, id } });
    expect(result.isError ?? false).toBe(false);
    expect(result.structuredContent).toEqual(body);
    expect(JSON.stringify(result.content)).toContain("archived");
  });

  test("a wait goes on after a status that is not known", async () => {
    const sync = mock.sync().at("completed");
    sync.fault({ kind: "status", status: 200, body: { ...sync.body, ...odd } }, { times: 1 });
    const { workspaceId, id } = sync;
    const result = await client.callTool({
      name: "wait_for_sync_log",
      arguments: { workspaceId, id },
    });
    expect(result.structuredContent).toMatchObject({ status: "completed", syncLog: sync.body });
    expect(mock.requests).toHaveLength(2);
  });

  test.each([[[]], [{}], [{ id: null }]])("an answer of %j is told", async (body) => {
    const sync = mock.sync().at("completed");
    sync.fault({ kind: "status", status: 200, body }, { times: 10 });
    const { workspaceId, id } = sync;
    for (const name of ["get_sync_log", "wait_for_sync_log"]) {
      const args = name === "get_sync_log" ? {} : { maxWaitSeconds: 0.3 };
      const result = await client.callTool({ name, arguments: { workspaceId, id, ...args } });
      expect(JSON.stringify(result.content)).not.toMatch(/validation|schema/iu);
    }
  });

  test("no schema of an answer can refuse one", async () => {
    const { tools } = await client.listTools();
    for (const { outputSchema } of tools) {
      const text = JSON.stringify(outputSchema);
      expect(text).not.toMatch(/"(?:enum|const|pattern|format|required|minimum)":/u);
    }
  });
});

test("a wait fits into the minute after which hosts end a call", async () => {
  const { tools } = await client.listTools();
  const { maxWaitSeconds } = tools[1]?.inputSchema.properties ?? {};
  expect(maxWaitSeconds).toMatchObject({ default: 45 });
  expect(tools[1]?.description).toContain("call again");
});

test("tells an error in words that say what to do", async () => {
  const { workspaceId } = mock.sync();
  const result = await client.callTool({
    name: "get_sync_log",
    arguments: { workspaceId, id: "sync_00000000-0000-4000-8000-000000000000" },
  });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toMatch(/404.*Check/u);
});

test("refuses what is no id before any request", async () => {
  const { workspaceId } = mock.sync();
  const args = { workspaceId, id: ".." };
  const answer = await client.callTool({ name: "get_sync_log", arguments: args });
  expect(answer.isError).toBe(true);
  expect(JSON.stringify(answer.content)).toMatch(/is a path, not an id/u);
  expect(mock.requests).toHaveLength(0);
});

test("leaves it to the service which ids there are: those of tomorrow may look otherwise", async () => {
  const { tools } = await client.listTools();
  expect(JSON.stringify(tools.map(({ inputSchema }) => inputSchema))).not.toMatch(
    /"(?:enum|pattern|format)":/u,
  );
  const args = { workspaceId: "ws_01J9ZQ", id: "log_01J9ZR" };
  for (const name of ["get_sync_log", "wait_for_sync_log"]) {
    await client.callTool({ name, arguments: args });
  }
  const path = `/workspaces/${args.workspaceId}/sync-logs/${args.id}`;
  expect(mock.requests.map(({ target }) => target)).toEqual([path, path]);
});

describe("wait_for_sync_log", () => {
  test("waits for the end, and reports progress", async () => {
    const { workspaceId, id } = mock
      .sync()
      .follow("completed", { totalRecords: 1800, skip: ["preparing", "data_fetching"] });
    const progress: { progress: number; message?: string | undefined }[] = [];
    const result = await client.callTool(
      { name: "wait_for_sync_log", arguments: { workspaceId, id } },
      { onprogress: (one) => progress.push(one), timeout: 60_000 },
    );
    expect(result.structuredContent).toMatchObject({
      status: "completed",
      syncLog: { id, status: "completed", recordsIngested: 1800 },
    });
    expect(progress.length).toBeGreaterThan(2);
    const values = progress.map((one) => one.progress);
    expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b));
    expect(progress.some(({ message }) => /ingesting [\d,]+\/1,800/u.test(message ?? ""))).toBe(
      true,
    );
  });

  test("answers still_running when the maximum wait is over", async () => {
    const { workspaceId, id } = mock.sync().at("ingesting");
    const result = await client.callTool({
      name: "wait_for_sync_log",
      arguments: { workspaceId, id, maxWaitSeconds: 0.3 },
    });
    expect(result.isError ?? false).toBe(false);
    expect(result.structuredContent).toMatchObject({
      status: "still_running",
      next: expect.stringMatching(/Call wait_for_sync_log again/u),
      syncLog: { status: "ingesting" },
    });
  });

  test("fails where the service has not answered at all", async () => {
    const sync = mock.sync().at("ingesting");
    sync.fault({ kind: "stall", at: "header" });
    const { workspaceId, id } = sync;
    const result = await client.callTool({
      name: "wait_for_sync_log",
      arguments: { workspaceId, id, maxWaitSeconds: 0.3 },
    });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toMatch(/not been read.*0\.3 s/u);
  });

  test("reports a sync that failed as an answer, not as an error", async () => {
    const { workspaceId, id } = mock.sync().at("failed");
    const result = await client.callTool({
      name: "wait_for_sync_log",
      arguments: { workspaceId, id },
    });
    expect(result.isError ?? false).toBe(false);
    expect(result.structuredContent).toMatchObject({ status: "failed" });
  });

  test("sends no request after the call was cancelled", async () => {
    const { workspaceId, id } = mock.sync().at("ingesting");
    const cancel = new AbortController();
    const call = client.callTool(
      { name: "wait_for_sync_log", arguments: { workspaceId, id } },
      { signal: cancel.signal },
    );
    await vi.waitUntil(() => mock.requests.length > 0, { timeout: 60_000 });
    cancel.abort(new Error("enough"));
    await expect(call).rejects.toThrow(/enough/u);
    // A second log, waited for twice as long as two polls of the first are apart, shows that those have ended.
    const other = mock.sync().at("ingesting");
    const asked = (): number => mock.requests.filter(({ target }) => target.endsWith(id)).length;
    const before = asked();
    await client.callTool({
      name: "wait_for_sync_log",
      arguments: { workspaceId, id: other.id, maxWaitSeconds: 2.5 },
    });
    expect(asked()).toBe(before);
  });
});

test("never lets the key into a result, not even where the service sends it back", async () => {
  const { workspaceId, id } = mock
    .sync()
    .follow("failed", { fields: { errorMessage: `bad key ${testKey}` } });
  const denied = mock.sync();
  denied.fault({
    kind: "status",
    status: 401,
    body: { statusCode: 401, message: `unknown key ${testKey}` },
  });
  const seen: unknown[] = [];
  for (const name of ["wait_for_sync_log", "get_sync_log"]) {
    for (const args of [
      { workspaceId, id },
      { workspaceId: denied.workspaceId, id: denied.id },
    ]) {
      seen.push(
        await client.callTool(
          { name, arguments: args },
          { onprogress: (progress) => seen.push(progress) },
        ),
      );
    }
  }
  expect(seen.length).toBeGreaterThan(4);
  expect(JSON.stringify(seen)).toMatch(/bad key/u);
  expect(JSON.stringify(seen)).not.toContain(testKey);
});

test("ends when the agent closes its end", async () => {
  const run = await runCli(mock.url, ["mcp"], { input: "" });
  expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("warns of a short key, where an agent's log shows it", async () => {
  const run = await runCli(mock.url, ["mcp"], { input: "", env: { QONTEXT_API_KEY: "zq7" } });
  expect(run).toMatchObject({ code: 0, stdout: "" });
  expect(run.stderr).toMatch(/^sync-log: The API key has fewer than 8 characters/u);
});

test("does not start without a key", async () => {
  const run = await runCli(mock.url, ["mcp"], { env: { QONTEXT_API_KEY: "" } });
  expect(run.code).toBe(3);
  expect(run.stderr).toContain("QONTEXT_API_KEY");
});
