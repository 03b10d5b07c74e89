import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, onTestFinished, test } from "vitest";
import type { HarOptions, Report } from "../src/index.ts";
import { judgeHar } from "../src/index.ts";
import { ids, own } from "./mutants/world.ts";
import { withProvider } from "./provider-under-test.ts";

const pathOfLog = `/workspaces/${own.workspaceId}/sync-logs/${ids.completed}`;
const key = { name: "X-API-Key", value: own.key };
const json = { name: "Content-Type", value: "application/json" };

async function bodyOfLog(): Promise<string> {
  return withProvider({}, async (url) =>
    (await fetch(`${url}${pathOfLog}`, { headers: { "X-API-Key": own.key } })).text(),
  );
}

interface Recorded {
  readonly url?: string;
  readonly headers?: readonly object[];
  readonly type?: object;
  readonly status?: number;
  readonly content: object;
  readonly time?: number;
}

function entry({ url, headers, type, status, content, time }: Recorded, index: number): object {
  return {
    startedDateTime: new Date(Date.UTC(2026, 2, 1, 8, index)).toISOString(),
    time: time ?? 12,
    request: {
      method: "GET",
      url: url ?? `https://api.example.com${pathOfLog}`,
      headers: headers ?? [key],
    },
    response: { status: status ?? 200, statusText: "", headers: [type ?? json], content },
  };
}

async function judge(
  recorded: readonly Recorded[],
  options: HarOptions = {},
  folder?: string,
): Promise<Report> {
  const text = JSON.stringify({ log: { entries: recorded.map(entry) } });
  return judgeHar([{ name: "a.har", text, folder }], options);
}

const page = {
  url: `https://app.example.com${pathOfLog}`,
  headers: [],
  type: { name: "Content-Type", value: "text/html" },
  content: { size: 6, text: "<html>" },
};

test("a page with the path of a log, on another origin than the key's, is not judged", async () => {
  const report = await judge([page, { content: { text: await bodyOfLog() } }]);
  expect(report).toMatchObject({ exitCode: 0, violations: [] });
});

test("nor is a page on the key's origin, or what a backend for the frontend answers", async () => {
  const samePage = {
    ...page,
    url: `https://api.example.com${pathOfLog}`,
    headers: [{ name: "Accept", value: "text/html,*/*" }],
  };
  const relayed = {
    url: `https://api.example.com/bff/api${pathOfLog}`,
    headers: [],
    content: { text: "{}" },
  };
  const report = await judge([samePage, relayed, { content: { text: await bodyOfLog() } }]);
  expect(report).toMatchObject({ exitCode: 0, violations: [] });
});

test("--base-url chooses what is judged", async () => {
  const relayed = {
    url: `https://app.example.com/bff${pathOfLog}`,
    headers: [],
    content: { text: "{}" },
  };
  const recorded = [relayed, { content: { text: await bodyOfLog() } }];
  const report = await judge(recorded, { baseUrls: ["https://app.example.com/bff"] });
  expect(report.exitCode).toBe(1);
  expect(report.violations[0]?.curl).toContain("https://app.example.com/bff/workspaces/");
  const elsewhere = await judge(recorded, { baseUrls: ["https://app.example.com/other"] });
  expect(elsewhere.exitCode).toBe(2);
});

const ofHost = (host: string, text: string): Recorded => ({
  url: `https://${host}.example.com${pathOfLog}`,
  content: { text },
});

test("two hosts have a history each", async () => {
  const body = await bodyOfLog();
  const changed = body.replace("08:10:00.000Z", "08:11:00.000Z");
  expect(await judge([ofHost("a", body), ofHost("b", changed)])).toMatchObject({ exitCode: 0 });
  expect(await judge([ofHost("a", body), ofHost("a", changed)])).toMatchObject({ exitCode: 1 });
});

test("what a minimal recording does not measure is not compared over time", async () => {
  const body = await bodyOfLog();
  const changed = body.replace("08:10:00.000Z", "08:11:00.000Z");
  const recorded = [body, changed].map((text) => ({ time: -1, content: { size: -1, text } }));
  expect(await judge(recorded)).toMatchObject({ exitCode: 0 });
});

test("a body of unknown size is not an empty one", async () => {
  const report = await judge([{ content: { text: await bodyOfLog() } }, { content: { size: -1 } }]);
  expect(report).toMatchObject({ exitCode: 2, violations: [] });
  expect(report.notJudged.join()).toContain("its body was not recorded");
});

test("what is not of an operation may be unreadable", async () => {
  const image = { url: "https://api.example.com/logo.png", status: 0, content: {} };
  expect(await judge([image, { content: { text: await bodyOfLog() } }])).toMatchObject({
    exitCode: 0,
  });
});

test("a body that lies beside the recording is read, and none outside its folder", async () => {
  const scratch = scratchFolder();
  onTestFinished(() => scratch[Symbol.dispose]());
  const folder = path.join(scratch.path, "recording");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "abc.json"), await bodyOfLog());
  writeFileSync(path.join(scratch.path, "abc.json"), await bodyOfLog());
  const attached = { content: { size: -1, _file: "abc.json" } };
  expect(await judge([attached], {}, folder)).toMatchObject({ exitCode: 0 });
  const outside = { content: { size: -1, _file: "../abc.json" } };
  expect(await judge([attached, outside], {}, folder)).toMatchObject({ exitCode: 2 });
  expect(await judge([attached])).toMatchObject({ exitCode: 2 });
});

test("a cached body whose 304 was recorded as 200 is judged as the 304", async () => {
  const condition = { name: "If-None-Match", value: '"1"' };
  const confirmed = { headers: [key, condition], type: { name: "ETag", value: '"1"' } };
  const content = { size: 2, text: "{}" };
  const report = await judge([{ content: { text: await bodyOfLog() } }, { ...confirmed, content }]);
  expect(report).toMatchObject({ exitCode: 0 });
});
