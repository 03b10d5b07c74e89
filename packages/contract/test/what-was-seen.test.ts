import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import { expect, test } from "vitest";
import { junitReport, htmlReport, terminalReport, verify } from "../src/index.ts";
import type { Report, VerifyOptions } from "../src/index.ts";
import type { Behavior } from "./mutants/behavior.ts";
import { ids, own } from "./mutants/world.ts";
import { completed } from "./mutants/mutant.ts";
import { ofLog, verification } from "./mutants/start-provider.ts";
import { withProvider } from "./provider-under-test.ts";
import { keyed, runCommand } from "./run-command.ts";

/** What can be said with one log and no second tenant. */
const little: Omit<VerifyOptions, "baseUrl"> = {
  workspace: own.workspaceId,
  syncLogs: [ids.completed],
  apiKey: own.key,
  only: ["read"],
  operationIds: ["getSyncLog"],
};

function verifyPlain(options: Omit<VerifyOptions, "baseUrl">): Promise<Report> {
  return withProvider({}, (baseUrl) => verify({ baseUrl, ...options }));
}

test("every report ends with what was seen", async () => {
  const report = await verifyPlain(little);
  const line = `access matrix not run; statuses seen: completed (1 of ${syncLogStatusValues.length})`;
  expect(terminalReport(report).trimEnd().split("\n").at(-1)).toBe(line);
  expect(junitReport(report)).toContain(`<property name="seen" value="${line}"/>`);
  expect(htmlReport(report)).toContain(line);
  expect(report.seen).toMatchObject({
    accessMatrix: "not run",
    statuses: [{ operationId: "getSyncLog", seen: ["completed"] }],
  });
});

test("the values of an enum are counted, not the places that have one", async () => {
  const { coverage } = await verifyPlain(little);
  const found = coverage.keywords.find(({ keyword }) => keyword === "enum");
  const total = syncLogStatusValues.length + syncLogTypeValues.length;
  expect(found).toMatchObject({ exercised: 2, total });
});

test("what is required and was not seen is exit code 2", async () => {
  const report = await verifyPlain({ ...little, require: ["statuses", "tenants"] });
  expect(report).toMatchObject({ exitCode: 2, verdict: "not judged" });
  const others = syncLogStatusValues.filter((status) => status !== "completed");
  expect(report.notJudged).toEqual([
    `getSyncLog: statuses not seen: ${others.join(", ")}.`,
    "The access matrix was not run: give a second tenant.",
  ]);
});

test("statuses that the list shows are seen, and an empty list shows none", async () => {
  const listed = await verifyPlain({ ...little, operationIds: undefined });
  expect(listed.seen.statuses).toMatchObject([{ operationId: "getSyncLog" }]);
  expect(listed.seen.statuses[0]?.seen).toEqual(expect.arrayContaining(["failed", "skipped"]));
  const options = { ...little, operationIds: ["listSyncLogs"], require: ["statuses"] } as const;
  const empty = await withProvider({ list: () => [] }, (baseUrl) =>
    verify({ baseUrl, ...options }),
  );
  expect(empty).toMatchObject({ exitCode: 2, seen: { statuses: [{ seen: [] }] } });
});

test("with both tenants the access matrix is run", async () => {
  const options = { ...ofLog, require: ["tenants"], only: ["read", "access"] } as const;
  expect(await verifyPlain(options)).toMatchObject({ exitCode: 0, seen: { accessMatrix: "run" } });
});

test("the command refuses a requirement that it does not know", async () => {
  const result = await runCommand(["verify", "http://127.0.0.1:1", "--require", "luck"], keyed);
  expect(result).toMatchObject({ code: 2, out: "" });
  expect(result.error).toContain("--require luck is not one of: statuses, tenants.");
});

const withRequestId: Behavior = {
  reply: (reply) =>
    reply.status >= 400 ? { ...reply, body: { ...Object(reply.body), requestId: "r" } } : reply,
};

test("a property of errors that is not documented is a line of the report, and no warning", async () => {
  const report = await withProvider(withRequestId, (baseUrl) =>
    verify({ baseUrl, ...ofLog, skip: ["random", "path"] }),
  );
  expect(report).toMatchObject({ exitCode: 0, violations: [] });
  expect(terminalReport(report)).toContain("; not documented, in errors: /requestId\n");
});

test("to the strict it is one error, however many responses have it", async () => {
  const report = await withProvider(withRequestId, (baseUrl) =>
    verify({ baseUrl, ...ofLog, skip: ["random", "path"], isStrict: true }),
  );
  expect(report.violations.map(({ check, pointer }) => [check, pointer])).toEqual([
    ["schema/undocumented-property", "/requestId"],
  ]);
});

test("one of a log is one warning", async () => {
  const report = await withProvider(
    { log: (log) => ({ ...log, notDocumented: "eu" }) },
    (baseUrl) => verify({ baseUrl, ...ofLog, only: ["read"] }),
  );
  expect(report.violations).toMatchObject([
    { check: "schema/undocumented-property", severity: "warning", pointer: "/notDocumented" },
  ]);
  expect(report.cases.filter(({ outcome }) => outcome === "warned")).toHaveLength(1);
});

test("a log that was deleted is a line of the report, and no violation", async () => {
  const gone = { ...completed, id: ids.foreign };
  const behavior: Behavior = {
    list: ({ requests }, plain) => plain && (requests < 8 ? [...plain, gone] : plain),
  };
  const report = await withProvider(behavior, (baseUrl) =>
    verify({ baseUrl, ...verification, only: ["read"] }),
  );
  const path = `/workspaces/${own.workspaceId}/sync-logs/${gone.id}`;
  expect(report).toMatchObject({ exitCode: 0, violations: [], seen: { deleted: [path] } });
  expect(terminalReport(report)).toContain(`; deleted during the run: ${path}\n`);
});
