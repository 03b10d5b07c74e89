import {
  createSyncLogClient,
  isAuthenticationError,
  isBadRequestError,
  isNotFoundError,
  isServerError,
} from "@qontext/sync-log-client";
import { createOpenapiClient } from "@qontext/sync-log-client/openapi";
import type { SyncLogClient } from "@qontext/sync-log-client";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const otherWorkspaceId = "ws_123e4567-e89b-12d3-a456-426614174001";

let mock: MockServer;
let client: SyncLogClient;

beforeEach(async () => {
  mock = await startMockServer({ apiKeys: { q_sk_ours: [workspaceId] } });
  client = createClient("q_sk_ours");
});

afterEach(() => mock.close());

function createClient(apiKey: string): SyncLogClient {
  return createSyncLogClient({ apiKey, baseUrl: mock.url, retry: { baseDelayMs: 1 } });
}

/** What a call rejects with. */
async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("the client reads from the mock, over HTTP", () => {
  test("a sync log, as the mock has it", async () => {
    const sync = mock.sync({ workspaceId }).at("ingesting", { recordsIngested: 450 });
    const syncLog = await client.getSyncLog({ workspaceId, id: sync.id });
    expect(syncLog).toEqual(sync.body);
    expect(syncLog).toMatchObject({ id: sync.id, workspaceId, recordsIngested: 450 });
  });

  test("the same in openapi-fetch's style", async () => {
    const { id, body } = mock.sync({ workspaceId }).at("completed");
    const path = { workspaceId, id };
    const { data, error } = await createOpenapiClient(client).GET(
      "/workspaces/{workspaceId}/sync-logs/{id}",
      {
        params: { path },
      },
    );
    expect(error).toBeUndefined();
    expect(data).toEqual(body);
  });

  test("400 for a malformed id", async () => {
    const error = await rejection(client.getSyncLog({ workspaceId, id: "sync_1" }));
    if (!isBadRequestError(error)) throw new Error("no BadRequestError", { cause: error });
    expect(error).toMatchObject({ status: 400, body: { statusCode: 400 } });
  });

  test("401 for a key that is not known", async () => {
    const { id } = mock.sync({ workspaceId });
    const error = await rejection(createClient("q_sk_wrong").getSyncLog({ workspaceId, id }));
    if (!isAuthenticationError(error)) throw new Error("no AuthenticationError", { cause: error });
    expect(error).toMatchObject({ status: 401, body: { statusCode: 401 } });
  });

  test("the same 404 for an absent sync log and for one of another workspace", async () => {
    const foreign = mock.sync({ workspaceId: otherWorkspaceId });
    const absent = { workspaceId, id: foreign.id };
    const errors = [
      await rejection(client.getSyncLog(absent)),
      await rejection(client.getSyncLog(foreign)),
    ];
    const bodies = errors.map((error) => {
      if (!isNotFoundError(error)) throw new Error("no NotFoundError", { cause: error });
      return error.body;
    });
    expect(bodies[0]).toMatchObject({ statusCode: 404 });
    expect(bodies[1]).toEqual(bodies[0]);
  });

  test("500 and 503, after its retries", async () => {
    const sync = mock.sync({ workspaceId });
    for (const status of [500, 503]) {
      sync.clearFaults().fault({ kind: "status", status });
      const error = await rejection(client.getSyncLog(sync));
      if (!isServerError(error)) throw new Error("no ServerError", { cause: error });
      expect(error).toMatchObject({ status, body: { statusCode: status } });
      expect(error.attempts.map((attempt) => attempt.status)).toEqual([status, status, status]);
    }
  });
});

const createSyncs = (count: number) =>
  Array.from({ length: count }, () => mock.sync({ workspaceId }).at("ingesting"));

describe("the client follows a workspace of the mock", () => {
  test("by its list, each sync log as the mock has it", async () => {
    const bodies = createSyncs(3).map(({ body }) => body);
    const list = await client.listSyncLogs({ workspaceId });
    expect(list.every((syncLog) => syncLog.workspaceId === workspaceId)).toBe(true);
    expect(list).toEqual(expect.arrayContaining(bodies));
    expect(
      isNotFoundError(await rejection(client.listSyncLogs({ workspaceId: otherWorkspaceId }))),
    ).toBe(true);
  });

  test("with one list for many waits, and a read of each that ends", async () => {
    const syncs = createSyncs(20);
    const ids = syncs.map(({ id }) => id);
    const urls: string[] = [];
    const counting = createSyncLogClient({
      apiKey: "q_sk_ours",
      baseUrl: mock.url,
      fetch: (url, init) => {
        urls.push(url);
        return fetch(url, init);
      },
    });
    const done = counting.waitForSyncLogs({ workspaceId, ids }, { minIntervalMs: 50 });
    await expect.poll(() => urls.length).toBeGreaterThan(2);
    for (const sync of syncs) sync.at("completed");
    const ends = await done;
    expect(ends.map(({ status }) => status)).toEqual(ids.map(() => "fulfilled"));
    const lists = urls.filter((url) => url.endsWith("/sync-logs"));
    expect(lists.length).toBeGreaterThan(0);
    expect(urls.length - lists.length).toBeLessThan(2 * syncs.length);
  });

  test("with an update for each change", async () => {
    const [sync] = createSyncs(1);
    const only = { ids: [sync?.id ?? ""] };
    const options = { only, minIntervalMs: 20, maxIntervalMs: 50 };
    const updates = client.watchWorkspace({ workspaceId }, options);
    expect((await updates.next()).value).toMatchObject({ reason: "listed", isTerminal: false });
    const next = updates.next();
    sync?.at("completed");
    expect((await next).value).toMatchObject({ reason: "changed", isTerminal: true });
    await updates.return?.();
  });
});
