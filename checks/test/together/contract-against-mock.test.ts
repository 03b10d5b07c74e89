import { verify } from "@qontext/sync-log-contract";
import type { Report } from "@qontext/sync-log-contract";
import { startMockServer } from "@qontext/sync-log-mock";
import { expect, test } from "vitest";

const workspace = "ws_1b7e4c90-52ad-4f1e-8c3b-aa10c94d2f11";
const otherWorkspace = "ws_9d2f6a31-08be-4c7d-b5e4-bb20d85e3a22";
const apiKey = "q_sk_5fA9c2E7b1D4fF60";
const otherApiKey = "q_sk_0cB8e3D6a2F5cC71";

async function verifyMock(status?: number): Promise<Report> {
  await using mock = await startMockServer({
    apiKeys: { [apiKey]: [workspace], [otherApiKey]: [otherWorkspace] },
  });
  const completed = mock.sync({ workspaceId: workspace }).at("completed");
  const failed = mock.sync({ workspaceId: workspace }).at("failed");
  const live = mock.sync({ workspaceId: workspace }).follow("completed");
  const foreign = mock.sync({ workspaceId: otherWorkspace }).at("stopped");
  if (status !== undefined) completed.fault({ kind: "status", status }, { times: 1 });
  return await verify({
    baseUrl: mock.url,
    workspace,
    syncLogs: [completed.id, failed.id, live.id],
    apiKey,
    otherWorkspace,
    otherSyncLog: foreign.id,
    otherApiKey,
    watchSeconds: 2,
    isStrict: true,
  });
}

test("the mock keeps the contract, warnings included", async () => {
  const report = await verifyMock();

  expect(report.violations).toEqual([]);
  expect(report.notJudged).toEqual([]);
  expect(report.cases.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(report.exitCode).toBe(0);
});

test("a mock that takes any key is one violation of each operation, which says so", async () => {
  await using mock = await startMockServer();
  const { id } = mock.sync({ workspaceId: workspace }).at("completed");
  const report = await verify({ baseUrl: mock.url, workspace, syncLogs: [id], apiKey });

  const operations = new Set(mock.requests.map(({ operation }) => operation ?? ""));
  operations.delete("");
  const accepted = [...operations].map(() => "auth/wrong-key-accepted");
  expect(report.violations.map(({ check }) => check)).toEqual(accepted);
});

test("a fault of the mock is not overlooked", async () => {
  const report = await verifyMock(500);

  expect(report.exitCode).toBe(1);
  expect(report.violations.map((violation) => violation.check)).toContain("read/server-error");
});
