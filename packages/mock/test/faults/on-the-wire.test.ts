import { createConnection } from "node:net";
import { expect, test as base } from "vitest";
import { mockServer } from "../../src/vitest.ts";
import type { Fault, MockServer, SyncHandle } from "../../src/index.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });

interface Wire {
  readonly text: string;
  /** How the connection ended; `open` when it had not, after a while without a byte. */
  readonly end: "closed" | "reset" | "open";
}

/** Asks over a bare connection, to see each byte and how the connection ends. */
async function wire(mock: MockServer, path: string): Promise<Wire> {
  const { hostname, port } = new URL(mock.url);
  return new Promise((resolve) => {
    let text = "";
    const socket = createConnection(Number(port), hostname, () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nX-API-Key: q_sk_test\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.setTimeout(2500, () => {
      resolve({ text, end: "open" });
      socket.destroy();
    });
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("end", () => resolve({ text, end: "closed" }));
    socket.on("error", () => resolve({ text, end: "reset" }));
  });
}

function faulty(mock: MockServer, fault: Fault): SyncHandle {
  const sync = mock.sync().at("ingesting");
  sync.fault(fault);
  return sync;
}

function parts({ text }: Wire): { head: string; body: string; length: number } {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { head, body, length: Number(/content-length: (\d+)/i.exec(head)?.[1]) };
}

test("stalls before the header, and inside the body", async ({ mock }) => {
  expect(await wire(mock, faulty(mock, { kind: "stall", at: "header" }).path)).toEqual({
    text: "",
    end: "open",
  });
  const stalled = await wire(mock, faulty(mock, { kind: "stall", at: "body" }).path);
  expect(stalled.end).toBe("open");
  expect(stalled.text).toMatch(/^HTTP\/1\.1 200/);
  expect(parts(stalled).body.length).toBeGreaterThan(0);
  expect(parts(stalled).body.length).toBeLessThan(parts(stalled).length);
});

test("resets the connection before the answer, and inside the body", async ({ mock }) => {
  expect(await wire(mock, faulty(mock, { kind: "reset", at: "header" }).path)).toEqual({
    text: "",
    end: "reset",
  });
  const cut = await wire(mock, faulty(mock, { kind: "reset", at: "body" }).path);
  expect(cut.end).toBe("reset");
  expect(cut.text).toMatch(/^HTTP\/1\.1 200/);
  expect(parts(cut).body.length).toBeLessThan(parts(cut).length);
});

test("truncates the JSON with a length that fits, or the connection before the declared length", async ({
  mock,
}) => {
  const json = await wire(mock, faulty(mock, { kind: "truncate" }).path);
  expect(parts(json).body).toHaveLength(parts(json).length);
  expect(() => JSON.parse(parts(json).body)).toThrow(SyntaxError);
  const short = await wire(mock, faulty(mock, { kind: "truncate", at: "wire" }).path);
  expect(short.end).toBe("closed");
  expect(parts(short).body.length).toBeLessThan(parts(short).length);
});

test("drips the body, whole in the end", async ({ mock }) => {
  const sync = mock.sync().at("ingesting");
  const { text } = await read(mock, sync.path);
  sync.fault({ kind: "drip", everyMs: 2, chunkBytes: 64 });
  const response = await fetch(mock.url + sync.path, { headers: { "X-API-Key": "q_sk_test" } });
  const chunks: string[] = [];
  for await (const chunk of response.body ?? []) chunks.push(new TextDecoder().decode(chunk));
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks.join("")).toBe(text);
});

test("sends what is not JSON, and another content type", async ({ mock }) => {
  const malformed = await wire(mock, faulty(mock, { kind: "malformed-json" }).path);
  expect(() => JSON.parse(parts(malformed).body)).toThrow(SyntaxError);
  const html = await wire(
    mock,
    faulty(mock, { kind: "content-type", contentType: "text/html", body: "<p>hi" }).path,
  );
  expect(parts(html).head).toMatch(/content-type: text\/html/);
  expect(parts(html).body).toBe("<p>hi");
});

test("redirects to another origin", async ({ mock }) => {
  const { path } = faulty(mock, {
    kind: "redirect",
    location: "http://other.invalid/",
    status: 307,
  });
  const { text } = await wire(mock, path);
  expect(text).toMatch(/^HTTP\/1\.1 307/);
  expect(text).toMatch(/location: http:\/\/other\.invalid\/\r\n/);
});

test("says gzip of what is not", async ({ mock }) => {
  const { path } = faulty(mock, { kind: "bad-gzip" });
  expect((await wire(mock, path)).text).toMatch(/content-encoding: gzip/);
  await expect(read(mock, path)).rejects.toThrow("terminated");
});

test("sends a body of any size, its length declared or not, as JSON with white space", async ({
  mock,
}) => {
  const bytes = 3_000_000;
  for (const isLengthHidden of [false, true]) {
    const { path } = faulty(mock, { kind: "oversize", bytes, isLengthHidden });
    const { text, headers, body } = await read(mock, path);
    expect(text).toHaveLength(bytes);
    expect(body["status"]).toBe("ingesting");
    expect(headers.get("content-length")).toBe(isLengthHidden ? null : String(bytes));
  }
});

test("answers with any status, in the document's own form where it is an error", async ({
  mock,
}) => {
  const sync = mock.sync();
  for (const status of [
    202, 204, 302, 400, 401, 403, 404, 408, 409, 410, 418, 429, 500, 501, 502, 503, 504, 511, 599,
  ]) {
    const handle = sync.fault({ kind: "status", status }, { times: 1 });
    const seen = await read(mock, sync.path, { redirect: "manual" });
    expect(seen.status).toBe(status);
    expect(handle.hits).toBe(1);
    expect(status < 400 ? seen.text : judge(status, seen.body, {}).join("; ")).toBe("");
  }
});

test("sends Retry-After in each of its forms", async ({ mock }) => {
  const sync = mock.sync();
  const retryAfterOf = async (members: object): Promise<string | null> => {
    sync.clearFaults().fault({ kind: "status", status: 429, ...members });
    return (await read(mock, sync.path)).headers.get("retry-after");
  };
  expect(await retryAfterOf({ retryAfter: 30 })).toBe("30");
  expect(await retryAfterOf({ retryAfter: new Date(0) })).toBe("Thu, 01 Jan 1970 00:00:00 GMT");
  expect(await retryAfterOf({ retryAfter: "soon" })).toBe("soon");
  const relative = Date.parse((await retryAfterOf({ retryAfter: { dateInMs: 60_000 } })) ?? "");
  expect(relative).toBeGreaterThan(Date.now() + 50_000);
  expect(relative).toBeLessThanOrEqual(Date.now() + 60_000);
  sync.clearFaults().fault({ kind: "status", status: 429, retryAfterMs: 1500 });
  expect((await read(mock, sync.path)).headers.get("retry-after-ms")).toBe("1500");
});
