import { afterEach, describe, expect, it, vi } from "vitest";
import { createSyncLogClient, isInvalidParameterError } from "../../src/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { answerTo, apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function creationError(options?: Parameters<typeof createSyncLogClient>[0]): unknown {
  try {
    createSyncLogClient(options);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the API key", () => {
  it.each([undefined, ""])("is missed at creation when the environment has %j", (value) => {
    vi.stubEnv("QONTEXT_API_KEY", value);
    const error = creationError();
    expect(isInvalidParameterError(error)).toBe(true);
    expect(error).toMatchObject({ parameter: "apiKey" });
    expect(String(error)).toMatch(/missing.*QONTEXT_API_KEY/);
  });

  it("counts as missing when it is empty, even if the environment has one", () => {
    vi.stubEnv("QONTEXT_API_KEY", apiKey);
    expect(String(creationError({ apiKey: "" }))).toContain("missing");
  });

  it.each(["q_sk a", "q_sk\n", "q_sk\r\nx: y", "schlüssel", "q_sk\0"])("is refused: %j", (key) => {
    const error = creationError({ apiKey: key });
    expect(error).toMatchObject({ code: "invalid_parameter", parameter: "apiKey" });
    expect(String(error)).not.toContain(key);
  });

  it("comes from the environment, and so does the base URL", async () => {
    const keys: unknown[] = [];
    const server = await startServer((request, response) => {
      keys.push(request.headers["x-api-key"]);
      response.end(smallestAnswer);
    });
    vi.stubEnv("QONTEXT_API_KEY", apiKey);
    vi.stubEnv("QONTEXT_BASE_URL", server.url);
    await createSyncLogClient().getSyncLog(ids);
    expect(keys).toEqual([apiKey]);
  });

  it("is not read where there is no environment", () => {
    vi.stubGlobal("process", undefined);
    expect(creationError({ apiKey })).toBeUndefined();
    expect(String(creationError())).toContain("missing");
  });

  it("is refused in a browser, unless that is asked for", () => {
    vi.stubGlobal("window", { document: {} });
    expect(creationError({ apiKey })).toMatchObject({ parameter: "dangerouslyAllowBrowser" });
    expect(creationError({ apiKey, dangerouslyAllowBrowser: true })).toBeUndefined();
  });

  it("is refused in a browser's worker, which has no document", () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" });
    expect(creationError({ apiKey })).toMatchObject({ parameter: "dangerouslyAllowBrowser" });
  });
});

async function startKeyServer(valid: () => string) {
  const keys: unknown[] = [];
  const server = await startServer((request, response) => {
    keys.push(request.headers["x-api-key"]);
    if (request.headers["x-api-key"] !== valid()) response.statusCode = 401;
    response.end(answerTo(request.url));
  });
  return { ...server, keys };
}

describe("a function for the key", () => {
  it("is asked once, and once more after a 401", async () => {
    let asked = 0;
    let valid = "key-1";
    const server = await startKeyServer(() => valid);
    const client = createSyncLogClient({
      apiKey: () => {
        asked += 1;
        return Promise.resolve(`key-${asked}`);
      },
      baseUrl: server.url,
    });
    await Promise.all([client.getSyncLog(ids), client.getSyncLog({ ...ids, id: "sync_2" })]);
    await client.getSyncLog(ids);
    expect(asked).toBe(1);
    valid = "key-2";
    await Promise.all([client.getSyncLog(ids), client.getSyncLog({ ...ids, id: "sync_2" })]);
    expect(asked).toBe(2);
  });

  it("takes no retry from the call that it is asked again for", async () => {
    const statuses = [401, 503, 503];
    const client = createSyncLogClient({
      apiKey: () => "key",
      retry: { baseDelayMs: 0 },
      fetch: (url) => {
        const status = statuses.shift();
        return Promise.resolve(
          new Response(status ? null : answerTo(url), { status: status ?? 200 }),
        );
      },
    });
    await expect(client.getSyncLog(ids)).resolves.toHaveProperty("id", ids.id);
    expect(statuses).toEqual([]);
  });

  it("is not asked for ever", async () => {
    let asked = 0;
    const server = await startKeyServer(() => "never");
    const client = createSyncLogClient({
      apiKey: () => {
        asked += 1;
        return `key-${asked}`;
      },
      baseUrl: server.url,
    });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error.code).toBe("authentication_failed");
    expect(error.attempts).toHaveLength(2);
    expect(server.keys).toEqual(["key-1", "key-2"]);
  });

  it.each([
    ["throws", () => Promise.reject(new Error("vault is sealed")), "failed"],
    ["gives nothing", () => "", "missing"],
    ["gives a line break", () => "q_sk\n", "line break"],
  ])("that %s is an error, and no request is sent", async (_, ask, said) => {
    const server = await startKeyServer(() => "");
    const client = createSyncLogClient({ apiKey: ask, baseUrl: server.url });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    const parameter = { code: "invalid_parameter", parameter: "apiKey" };
    expect(error).toMatchObject(said === "failed" ? { code: "key_function_failed" } : parameter);
    expect(error.message).toContain(said);
    expect(server.keys).toEqual([]);
  });

  it("is not asked again where the key is a string", async () => {
    const server = await startKeyServer(() => "another");
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    await rejection(client.getSyncLog(ids));
    expect(server.keys).toEqual([apiKey]);
  });
});
