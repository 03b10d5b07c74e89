import { once } from "node:events";
import net from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { ids, own } from "./mutants/world.ts";
import type { Report } from "../src/index.ts";
import { htmlReport, junitReport, openDocument, startProxy, terminalReport } from "../src/index.ts";
import { problemOf } from "../src/run/problem-of.ts";
import { githubAnnotations } from "../src/report/github-annotations.ts";

const pathOfLog = `/workspaces/${own.workspaceId}/sync-logs/${ids.completed}`;
const headers = { "X-API-Key": own.key };

/** A server that answers every connection with the same bytes. */
async function startRawServer(response: Uint8Array | string): Promise<string> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.end(response));
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

function respondWith(body: Uint8Array | string, more = ""): Uint8Array {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${more}Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

interface Proxied {
  readonly status: number;
  readonly report: Report;
}

/** Sends one request through the proxy. */
async function proxied(
  response: Uint8Array | string,
  document = openDocument(openapiDocument),
): Promise<Proxied> {
  const proxy = await startProxy({ upstream: await startRawServer(response), document });
  const { status } = await fetch(`${proxy.url}${pathOfLog}`, { headers });
  return { status, report: await proxy.close() };
}

const nested = `{"tree":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
const zeros = `[${"0,".repeat(12_000_000)}0]`;

describe("a bad exchange is a violation, and the proxy lives on", () => {
  test.each([
    ["status 099", "HTTP/1.1 099 Odd\r\n\r\n", "wire/malformed-head", 502],
    [
      "a control character in a header",
      respondWith("{}", "X-A: \u0001\r\n"),
      "wire/malformed-head",
      502,
    ],
    [
      "a control character in the reason",
      "HTTP/1.1 200 O\u0001K\r\nContent-Length: 0\r\n\r\n",
      "wire/malformed-head",
      502,
    ],
    ["20000 nested arrays", respondWith(nested), "json/beyond-limits", 200],
    [
      "25 million values in gzip",
      respondWith(gzipSync(zeros), "Content-Encoding: gzip\r\n"),
      "wire/too-large",
      200,
    ],
    [
      "more than a million values",
      respondWith(`[${"0,".repeat(1_000_000)}0]`),
      "json/beyond-limits",
      200,
    ],
  ] as const)("%s", async (_name, response, check, status) => {
    const result = await proxied(response);
    expect(result.status).toBe(status);
    expect(result.report.exitCode).toBe(1);
    expect(result.report.violations.map((one) => one.check)).toContain(check);
  });

  test("an upload that is aborted half way", async () => {
    const proxy = await startProxy({ upstream: await startRawServer(respondWith("{}")) });
    const { port } = new URL(proxy.url);
    const socket = net.connect(Number(port), "127.0.0.1").on("error", () => {});
    socket.write(`GET ${pathOfLog} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc`, () =>
      socket.destroy(),
    );
    await once(socket, "close");
    expect((await fetch(`${proxy.url}${pathOfLog}`, { headers })).status).toBe(200);
    expect((await proxy.close()).requests).toBe(1);
  });

  test("a truncated body is one violation", async () => {
    const response =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n{";
    const proxy = await startProxy({ upstream: await startRawServer(response) });
    await fetch(`${proxy.url}${pathOfLog}`, { headers })
      .then((one) => one.text())
      .catch(() => {});
    const errors = (await proxy.close()).violations.filter((one) => one.severity === "error");
    expect(errors.map((one) => one.check)).toEqual(["wire/body-shorter-than-content-length"]);
  });
});

test("a connection that a browser keeps unused does not hold the proxy", async () => {
  const proxy = await startProxy({ upstream: await startRawServer(respondWith("{}")) });
  const socket = net.connect(Number(new URL(proxy.url).port), "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  await expect(proxy.close()).resolves.toMatchObject({ requests: 0 });
});

test.each([
  [
    "a pattern that takes exponential time",
    (): void => void /^(?:a+)+$/.test(`${"a".repeat(60)}!`),
    "took more than 0.05 s",
  ],
  ["a check that throws", (): void => void JSON.parse("{"), "failed: "],
] as const)("%s ends the judgement, not the run", (_name, judge, problem) => {
  expect(problemOf(judge, 20_000, 50)).toContain(problem);
});

const names = [
  "\n::error::pwned",
  "\r##vso[task.complete]",
  "\u0085::error::pwned",
  "\u2028##[error]pwned",
  "\u001B[2J\r##teamcity[x]",
];

test.each(names)("a property called %j is only text in every report", async (name) => {
  const body = { [`${name}\u202E\u0007`]: name, status: name, id: name };
  const { report } = await proxied(respondWith(JSON.stringify(body)));
  expect(report.violations.length).toBeGreaterThan(0);
  const plain = [terminalReport(report), githubAnnotations(report)].join("");
  for (const text of [plain, junitReport(report), htmlReport(report), JSON.stringify(report)]) {
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/);
    expect(text).not.toMatch(/##\w*\[/);
    expect(text).not.toMatch(/^\s*::error::/m);
  }
  expect(plain).toContain(String.raw`\u`);
});
