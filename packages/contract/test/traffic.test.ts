import { writeFile } from "node:fs/promises";
import path from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Behavior } from "./mutants/behavior.ts";
import { inItem } from "./mutants/list-behaviors.ts";
import { ids, other, own } from "./mutants/world.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";
import { runCommand } from "./run-command.ts";
import type { CommandResult } from "./run-command.ts";

const pathOf = (id: string): string => `/workspaces/${own.workspaceId}/sync-logs/${id}`;
const headers = { "X-API-Key": own.key };

/** Sends requests through the proxy, then stops it. */
async function proxied(
  behavior: Behavior,
  use: (url: string) => Promise<unknown>,
  options: readonly string[] = [],
): Promise<CommandResult> {
  return withProvider(behavior, async (upstream) => {
    const stop = new AbortController();
    const seen: string[] = [];
    const running = runCommand(["proxy", upstream, ...options], {}, stop.signal, (text) =>
      seen.push(text),
    );
    await expect.poll(() => seen.join("")).toMatch(/http:\/\/127/);
    await use(/http:\/\/127\.0\.0\.1:\d+/.exec(seen.join(""))?.[0] ?? "");
    stop.abort();
    return running;
  });
}

/** Reads logs, and then the list twice. */
async function readAll(url: string): Promise<void> {
  const list = pathOf("").slice(0, -1);
  for (const target of [pathOf(ids.completed), pathOf(ids.failed), list, list])
    await fetch(url + target, { headers });
}

describe("proxy", () => {
  test("passes responses on as they are, and exits with 0 where they conform", async () => {
    const result = await proxied({}, async (url) => {
      const response = await fetch(`${url}${pathOf(ids.completed)}`, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get("etag")).toMatch(/^"/);
      await expect(response.json()).resolves.toMatchObject({ id: ids.completed });
      expect((await fetch(`${url}${pathOf(ids.completed)}`)).status).toBe(401);
      expect((await fetch(`${url}/elsewhere`, { method: "POST", body: "x" })).status).toBe(404);
    });
    expect(result).toMatchObject({ code: 0, error: "" });
    expect(result.out).toContain("CONFORMS");
    expect(result.out).toContain("3 requests");
    expect(result.out).not.toContain(own.key);
  });

  test("judges the items of lists, and not what they lack", async () => {
    const short: Behavior = {
      list: ({ readings }, plain) => plain?.slice(readings > 0 ? 2 : 0),
    };
    expect(await proxied(short, readAll)).toMatchObject({ code: 0 });
    const otherMessage = inItem(() => ({ errorMessage: "Something failed" }), ids.failed);
    const { code, out } = await proxied(otherMessage, readAll);
    expect(code).toBe(1);
    expect(out).toContain("list/item-differs  traffic/3 at /1/errorMessage");
  });

  test("reports a violation when it happens, and exits with 1", async () => {
    const result = await proxied(behaviorOf("duplicate-key"), (url) =>
      fetch(`${url}${pathOf(ids.completed)}`, { headers }),
    );
    expect(result.code).toBe(1);
    expect(result.out).toContain("error  json/duplicate-key  traffic/1 at /status");
    expect(result.out.indexOf("error  json/duplicate-key")).toBeLessThan(
      result.out.indexOf("✗ json/duplicate-key"),
    );
    expect(result.out).not.toContain(own.key);
  });

  test("judges the rules over time, and raw bytes", async () => {
    const over = await proxied(behaviorOf("end-moves"), async (url) => {
      for (let count = 0; count < 2; count += 1)
        await (await fetch(`${url}${pathOf(ids.completed)}`, { headers })).text();
    });
    expect(over.out).toContain("invariant/terminal-never-changes");
    const short = await proxied(behaviorOf("length-too-large"), async (url) => {
      await expect(
        fetch(`${url}${pathOf(ids.completed)}`, { headers }).then((response) => response.text()),
      ).rejects.toThrow("terminated");
    });
    expect(short.out).toContain("wire/body-shorter-than-content-length");
  });

  test("exits with 2 where no success went through", async () => {
    const result = await proxied({}, (url) => fetch(`${url}${pathOf(ids.completed)}`));
    expect(result.code).toBe(2);
    expect(result.out).toContain("No success was seen");
  });
});

interface HarEntry {
  readonly status?: number;
  readonly text?: string | undefined;
  readonly id?: string;
}

function newFile(name: string): string {
  const folder = scratchFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return path.join(folder.path, name);
}

async function writeHar(entries: readonly HarEntry[]): Promise<string> {
  const file = newFile("traffic.har");
  const log = {
    entries: entries.map(({ status = 200, text, id = ids.completed }, index) => ({
      startedDateTime: new Date(Date.UTC(2026, 2, 1, 8, index)).toISOString(),
      time: 12,
      request: {
        method: "GET",
        url: `https://api.qontext.ai${pathOf(id)}`,
        headers: [{ name: "x-api-key", value: own.key }],
      },
      response: {
        status,
        statusText: "",
        headers: [
          { name: ":status", value: "200" },
          { name: "content-type", value: "application/json" },
          { name: "content-encoding", value: "br" },
        ],
        content: { size: 9, mimeType: "application/json", ...(text === undefined ? {} : { text }) },
      },
    })),
  };
  await writeFile(file, JSON.stringify({ log }));
  return file;
}

async function bodyOf(id: string): Promise<string> {
  return withProvider({}, async (url) => (await fetch(`${url}${pathOf(id)}`, { headers })).text());
}

describe("har", () => {
  test("exits with 0 for recorded traffic that conforms", async () => {
    const result = await runCommand([
      "har",
      await writeHar([{ text: await bodyOf(ids.completed) }]),
    ]);
    expect(result).toMatchObject({ code: 0, error: "" });
  });

  test("exits with 1 for a recorded violation, and keeps the key out", async () => {
    const text = (await bodyOf(ids.completed)).replace(own.workspaceId, other.workspaceId);
    const result = await runCommand(["har", await writeHar([{ text }])]);
    expect(result.code).toBe(1);
    expect(result.out).toContain("invariant/workspace-matches-path");
    expect(result.out).not.toContain(own.key);
  });

  test("judges the rules over time by the recorded times", async () => {
    const body = await bodyOf(ids.completed);
    const result = await runCommand([
      "har",
      await writeHar([{ text: body }, { text: body.replace("08:10:00.000Z", "08:11:00.000Z") }]),
    ]);
    expect(result.out).toContain("invariant/terminal-never-changes");
  });

  test("exits with 2 where a body was not recorded", async () => {
    const result = await runCommand([
      "har",
      await writeHar([{ text: await bodyOf(ids.completed) }, {}]),
    ]);
    expect(result.code).toBe(2);
    expect(result.out).toContain("its body was not recorded");
  });

  test("exits with 2 for a file that is no HAR file", async () => {
    const file = newFile("x.har");
    await writeFile(file, "{}");
    await expect(runCommand(["har", file])).resolves.toMatchObject({ code: 2 });
  });
});
