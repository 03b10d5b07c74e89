import { validateSyncLog } from "@qontext/sync-log-schema/validators";
import { describe, expect, it } from "vitest";
import { createOpenapiClient } from "../src/openapi/index.ts";
import {
  createSyncLogClient,
  isResponseValidationError,
  type ValidateOption,
} from "../src/index.ts";
import { rejection, syncLogErrorOf } from "./fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "./fixtures/sync-logs.ts";

const nothing = (): void => undefined;

async function startWith(body: object, validate: ValidateOption) {
  const server = await startServer((_, response) => response.end(JSON.stringify(body)));
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const logger = { debug: nothing, info: nothing, error: nothing, warn };
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, validate, logger });
  return { client, warnings, server };
}

describe("validate", () => {
  it("passes what the document describes, and properties that it does not", async () => {
    const body = { ...exampleSyncLog("completed"), addedLater: { a: [1] } };
    const { client, warnings } = await startWith(body, validateSyncLog);
    await expect(client.getSyncLog(ids)).resolves.toEqual(body);
    expect(warnings).toEqual([]);
  });

  it.each<[string, { message: string; path?: string[] }[]]>([
    ["many issues", Array.from({ length: 200_000 }, () => ({ message: "is wrong" }))],
    ["a long name", [{ message: "is wrong", path: ["k".repeat(1_000_000)] }]],
    ["a key where it is cut", [{ message: `is ${"x".repeat(982)}${apiKey}` }]],
  ])("says no more in its message than is of use: %s", async (_, issues) => {
    const refuse = { "~standard": { validate: () => ({ issues }) } };
    const { client } = await startWith(exampleSyncLog("completed"), refuse);
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error.message.length).toBeLessThan(1200);
    expect(error.message).toContain("Update the client");
    expect(error.message).not.toContain(apiKey.slice(0, 6));
  });

  it("refuses what breaks the schema, and does not ask again", async () => {
    const body = { ...exampleSyncLog("completed"), recordsIngested: "many", createdAt: undefined };
    const { client, server } = await startWith(body, validateSyncLog);
    const error = await rejection(client.getSyncLog(ids));
    if (!isResponseValidationError(error)) throw new Error("not refused", { cause: error });
    expect(error.issues.map(({ path }) => path)).toEqual(
      expect.arrayContaining([["recordsIngested"], ["createdAt"]]),
    );
    expect(error).toMatchObject({ status: 200, body: { recordsIngested: "many" } });
    expect(error.attempts).toMatchObject([{ code: "response_invalid", status: 200 }]);
    expect(error.message).toContain("recordsIngested");
    expect(server.requests).toHaveLength(1);
  });

  it("only warns where that is asked for", async () => {
    const body = { ...exampleSyncLog("completed"), recordsIngested: "many" };
    const validate = { validator: validateSyncLog, onInvalid: "warn" } as const;
    const { client, warnings } = await startWith(body, validate);
    await expect(client.getSyncLog(ids)).resolves.toEqual(body);
    expect(warnings.join()).toContain("recordsIngested");
  });

  it("lets an unknown value of an enum pass, with a warning", async () => {
    const body = exampleSyncLog("ingesting", { status: "reticulating", type: "dream_sync" });
    const { client, warnings } = await startWith(body, validateSyncLog);
    await expect(client.getSyncLog(ids)).resolves.toEqual(body);
    expect(warnings).toHaveLength(2);
  });

  it("ends a wait at once", async () => {
    const { client } = await startWith({ ...ids, status: "ingesting" }, validateSyncLog);
    expect(await rejection(client.waitForSyncLog(ids))).toMatchObject({ code: "response_invalid" });
  });

  it("takes any Standard Schema", async () => {
    const refuse = { "~standard": { validate: () => ({ issues: [{ message: "is not mine" }] }) } };
    const { client } = await startWith({ id: ids.id }, refuse);
    expect(String(await rejection(client.getSyncLog(ids)))).toContain("the body is not mine");
  });

  it("checks each of a list, and names the one that it refuses", async () => {
    const list = ["completed", "pending", "failed"].map((name) => exampleSyncLog(name));
    const good = await startWith(list, validateSyncLog);
    await expect(good.client.listSyncLogs(ids)).resolves.toEqual(list);

    const bad = [...list, { ...exampleSyncLog("pending"), status: 3 }, { id: 1 }];
    const { client } = await startWith(bad, validateSyncLog);
    const error = await rejection(client.listSyncLogs(ids));
    if (!isResponseValidationError(error)) throw new Error("not refused", { cause: error });
    expect(error.issues.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ["3", "status"],
        ["4", "id"],
      ]),
    );
    expect(error.message).toContain("/3/status");
  });

  it.each([
    [{}, "array"],
    [{ items: [] }, "array"],
    ["[]", "array"],
  ])("refuses %j for a list without any validator", async (body, expected) => {
    const server = await startServer((_, response) => response.end(JSON.stringify(body)));
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, retry: false });
    const error = await syncLogErrorOf(client.listSyncLogs(ids));
    expect(error).toMatchObject({ code: "response_format" });
    expect(error.message).toContain(`is not a JSON ${expected}`);
  });

  it("checks the lists and the sync logs that openapi-fetch reads", async () => {
    const { client } = await startWith([{ id: 1 }], validateSyncLog);
    const openapi = createOpenapiClient(client);
    const params = { path: { workspaceId: ids.workspaceId } };
    const path = "/workspaces/{workspaceId}/sync-logs";
    expect(await rejection(openapi.GET(path, { params }))).toMatchObject({
      code: "response_invalid",
    });
  });
});
