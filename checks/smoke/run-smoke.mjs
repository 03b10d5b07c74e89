// @ts-check
import { createSyncLogClient, isSyncLogError } from "@qontext/sync-log-client";
import { createOpenapiClient } from "@qontext/sync-log-client/openapi";

/**
 * @typedef {object} SmokeConfig
 * @property {string} url
 * @property {string} workspaceId
 * @property {Record<string, string>} ids of the sync logs that the mock was told about, by the check they are for
 */

/** @param {unknown} actual @param {unknown} expected */
function equal(actual, expected) {
  if (actual !== expected) throw new Error(`${String(actual)} instead of ${String(expected)}`);
}

/** What a promise rejects with. @param {Promise<unknown>} promise */
async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("resolved");
}

/** The code of the error that a promise rejects with. @param {Promise<unknown>} promise */
async function codeOf(promise) {
  const error = await rejection(promise);
  if (!isSyncLogError(error)) throw error;
  return error.code;
}

/**
 * The same few things on every runtime: what each came to, by name.
 *
 * @param {SmokeConfig} config
 * @returns {Promise<Record<string, string>>}
 */
export async function runSmoke({ url, workspaceId, ids }) {
  const client = createSyncLogClient({
    apiKey: "q_sk_smoke",
    baseUrl: url,
    retry: { baseDelayMs: 5 },
    dangerouslyAllowBrowser: true,
  });
  /** @param {string} name */
  const target = (name) => ({ workspaceId, id: ids[name] ?? "" });
  const checks = {
    async get() {
      const syncLog = await client.getSyncLog(target("get"));
      equal(syncLog.status, "completed");
    },
    async error() {
      const error = await rejection(client.getSyncLog({ workspaceId, id: "sync_absent" }));
      if (!isSyncLogError(error)) throw error;
      if (error.code !== "bad_request") equal(error.code, "not_found");
      equal(error.attempts.length, 1);
    },
    async retry() {
      const syncLog = await client.getSyncLog(target("retry"));
      equal(syncLog.id, ids["retry"]);
    },
    async timeout() {
      const options = /** @type {const} */ ({ timeoutMs: 300, retry: false });
      equal(await codeOf(client.getSyncLog(target("stall"), options)), "request_timeout");
    },
    async abort() {
      const controller = new AbortController();
      const reason = new Error("left");
      setTimeout(() => controller.abort(reason), 50);
      const { signal } = controller;
      equal(await rejection(client.getSyncLog(target("stall"), { signal })), reason);
    },
    async wait() {
      /** @type {string[]} */
      const statuses = [];
      const result = await client.waitForSyncLog(target("wait"), {
        minIntervalMs: 5,
        maxIntervalMs: 20,
        onProgress: (update) => statuses.push(update.syncLog.status),
      });
      equal(result.status, "completed");
      equal(statuses[0], "pending");
      equal(statuses.at(-1), "completed");
    },
    async redirect() {
      equal(await codeOf(client.getSyncLog(target("redirect"))), "redirect_refused");
    },
    async oversize() {
      equal(await codeOf(client.getSyncLog(target("oversize"))), "response_format");
    },
    async openapi() {
      const { data } = await createOpenapiClient(client).GET(
        "/workspaces/{workspaceId}/sync-logs/{id}",
        {
          params: { path: target("get") },
        },
      );
      equal(data?.status, "completed");
    },
  };
  /** @type {Record<string, string>} */
  const results = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      results[name] = "passed";
    } catch (error) {
      results[name] = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }
  return results;
}
