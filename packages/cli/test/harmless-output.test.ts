import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

const ids = [
  "ws_123e4567-e89b-12d3-a456-426614174000",
  "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
];
const workspace = ids.slice(0, 1);
const danger =
  "a\u001b]0;title\u0007b\u001b[2Jc\u009b8md\re\nf\u2028g\u202eh\u200bi\u{e0041}\u001b[31mjk";

/** A service that puts it everywhere: in each field of a log, as names too, and in the messages of errors. */
const server = createServer((request, response) => {
  const isError = request.url?.includes("error") === true;
  const status = request.url?.includes("ends") === true ? "failed" : danger;
  response.statusCode = isError ? 404 : 200;
  response.setHeader("content-type", "application/json");
  const log = {
    id: ids[1],
    workspaceId: danger,
    type: danger,
    status,
    errorMessage: danger,
    preparationMetadata: { [danger]: danger, contacts: danger, deals: { toString: 1 } },
    recordsIngested: danger,
    totalRecordsToIngest: 5,
    manualSyncData: { [danger]: danger },
    correlationId: danger,
    createdAt: danger,
    [danger]: danger,
    notDocumented: [danger],
  };
  const answer = request.url?.endsWith("/sync-logs") === true ? [log] : log;
  response.end(JSON.stringify(isError ? { statusCode: 404, message: danger } : answer));
});
let baseUrl = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // The address of a listening TCP server.
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const brief = ["--max-wait", "200ms", "--interval", "50ms"];

test.each([
  ["", ["get", ...ids]],
  ["", ["get", ...ids, "--json"]],
  ["", ["get", ...ids, "--field", "errorMessage,preparationMetadata,status,notDocumented"]],
  ["", ["watch", ...ids, ...brief]],
  ["", ["watch", ...ids, ...brief, "--json"]],
  ["/ends", ["watch", ...ids]],
  ["/ends", ["watch", ...ids, "--json"]],
  ["", ["list", ...workspace]],
  ["", ["list", ...workspace, "--json"]],
  ["", ["list", ...workspace, "--field", "errorMessage,preparationMetadata,status,notDocumented"]],
  ["", ["list", ...workspace, "--status", danger.replaceAll("a", "x")]],
  ["/error", ["list", ...workspace, "--verbose"]],
  ["/error", ["get", ...ids, "--verbose"]],
  ["/error", ["watch", ...ids, "--verbose"]],
  ["/error", ["watch", ...ids, "--json", "--verbose"]],
  ["", [danger]],
  ["", ["get", danger, danger, "--timeout", danger]],
  ["", ["get", ...ids, `--${danger}`]],
  ["", ["get", ...ids, "--field", danger.replaceAll("a", "x")]],
  ["", ["completion", danger]],
])("%s sync-log %j prints nothing that a terminal acts on but colors", async (path, args) => {
  const run = await runInProcess(
    [
      ...args,
      ...(["get", "watch", "list"].includes(args[0] ?? "")
        ? ["--base-url", `${baseUrl}${path}`]
        : []),
    ],
    {
      FORCE_COLOR: "1",
    },
  );
  const printed = (run.stdout + run.stderr).replaceAll(
    // oxlint-disable-next-line no-control-regex -- the colors of the command
    /\u001b\[(?:1|2|22|3[1236]|39)m/gu,
    "",
  );
  expect(printed).toContain("jk");
  expect(printed).not.toMatch(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u);
});
