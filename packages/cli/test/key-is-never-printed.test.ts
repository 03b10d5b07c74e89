import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./support/run-cli.ts";

const key = 'q_sk_very+secret/"key"=';
const forms = [
  key,
  encodeURIComponent(key),
  Buffer.from(key).toString("base64"),
  JSON.stringify(key).slice(1, -1),
  JSON.stringify(JSON.stringify(key)).slice(3, -3),
  encodeURIComponent(key).toLowerCase(),
  Buffer.from(`user:${key}`).toString("base64"),
  Buffer.from(key).toString("hex"),
  key.toUpperCase(),
  key.replaceAll('"', "&quot;"),
];
const ids = [
  "ws_123e4567-e89b-12d3-a456-426614174000",
  "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
];

/** A server that sends the key back wherever it can: in bodies, in headers and in fields of a log. */
const server = createServer((request, response) => {
  const echo = String(request.headers["x-api-key"]);
  const status = Number(request.url?.match(/status(\d+)/u)?.[1] ?? 200);
  response.writeHead(status, {
    "content-type": "application/json",
    "x-request-id": encodeURIComponent(echo),
  });
  const [, workspaceId = "", id] =
    request.url?.match(/workspaces\/([^/]+)\/sync-logs(?:\/(.+))?$/u) ?? [];
  const log = {
    id: id ?? ids[1],
    workspaceId,
    type: "full_sync",
    status: "failed",
    errorMessage: `bad key ${forms.join(" ")}`,
    createdAt: "2021-01-01T00:00:00Z",
    updatedAt: "2021-01-01T00:00:00Z",
  };
  response.end(
    JSON.stringify(
      status === 200
        ? id === undefined
          ? [log]
          : log
        : { statusCode: status, message: [`key ${echo}`, ...forms] },
    ),
  );
});

let baseUrl = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // The address of a listening TCP server.
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function printedBy(path: string, args: readonly string[]): Promise<string> {
  const run = await runCli(`${baseUrl}${path}`, args, { env: { QONTEXT_API_KEY: key } });
  return run.stdout + run.stderr;
}

function leaked(printed: string): readonly string[] {
  return forms.filter((form) => printed.includes(form));
}

test.each([
  ["get"],
  ["get", "--json"],
  ["get", "--field", "errorMessage"],
  ["watch"],
  ["watch", "--json"],
  ["list"],
  ["list", "--json"],
  ["list", "--field", "errorMessage"],
])("not where a log holds it: %s %s", async (command, ...options) => {
  const targets = command === "list" ? ids.slice(0, 1) : ids;
  const printed = await printedBy("", [command, ...targets, ...options]);
  expect(printed).toContain("bad key");
  expect(leaked(printed)).toEqual([]);
});

const verboseRuns = [
  ["get", ...ids, "--verbose"],
  ["list", ...ids.slice(0, 1), "--verbose"],
  ["watch", ...ids, "--json", "--verbose", "--interval", "10ms", "--max-failing", "50ms"],
];

test.each([400, 401, 404, 418, 503])("not where a %i holds it", async (status) => {
  const printed = await Promise.all(verboseRuns.map((args) => printedBy(`/status${status}`, args)));
  for (const text of printed) expect(text).toContain(String(status));
  expect(printed.flatMap(leaked)).toEqual([]);
});

test("also when it is given as an option, or by mistake as an id", async () => {
  const args = ["get", key, key, "--api-key", key, "--verbose"];
  const run = await runCli(baseUrl, args, { env: { QONTEXT_API_KEY: "" } });
  expect(leaked(run.stdout + run.stderr)).toEqual([]);
});

const warning = "fewer than 8 characters";

test.each([
  ["get", warning, []],
  ["watch", warning, []],
  ["watch", warning, ["--json"]],
] as const)(
  "where a log holds a short key as a whole value: %s",
  async (command, complaint, options) => {
    const echo = createServer((_request, response) => {
      response.end(JSON.stringify({ id: ids[1], status: "failed", errorMessage: "zq7" }));
    });
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    // The address of a listening TCP server.
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const env = { QONTEXT_API_KEY: "zq7" };
    const run = await runCli(url, [command, ...ids, ...options], { env });
    expect(run.stdout).toContain("[redacted]");
    expect(run.stdout).not.toContain("zq7");
    expect(run.stderr).toContain(complaint);
    echo.close();
  },
);

test("where the key is also a number, JSON stays JSON", async () => {
  const env = { QONTEXT_API_KEY: "20210101" };
  const number = createServer((_request, response) => {
    response.end(JSON.stringify({ id: ids[1], status: "completed", recordsIngested: 20_210_101 }));
  });
  number.listen(0, "127.0.0.1");
  await once(number, "listening");
  // The address of a listening TCP server.
  const url = `http://127.0.0.1:${(number.address() as AddressInfo).port}`;
  for (const command of ["get", "watch"]) {
    const { stdout } = await runCli(url, [command, ...ids, "--json"], { env });
    expect(JSON.parse(stdout)).toMatchObject({ recordsIngested: 20_210_101 });
  }
  number.close();
});
