import { describe, expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { apiKey as usualKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

describe.each(["nul", "log", "status", "1", "type", "id", "syncLog", "history", "12345678"])(
  "with the key %s",
  (apiKey) => {
    it("a wait that fails tells what it saw, unchanged", async () => {
      const { client, clock } = createScriptedClient(
        (request) =>
          request === 1 ? { recordsIngested: 12_345_678 } : new Response("{}", { status: 401 }),
        { apiKey },
      );
      const failed = syncLogErrorOf(client.waitForSyncLog(ids));
      await clock.advanceBy(60_000);
      const { code, lastSyncLog, history } = await failed;
      expect(code).toBe("authentication_failed");
      expect(lastSyncLog).toEqual(exampleSyncLog("ingesting", { recordsIngested: 12_345_678 }));
      expect(history).toMatchObject([{ status: "ingesting" }]);
    });
  },
);

it.each(["null", "undefined", "true", "false"])(
  "the key %s is refused: it is what a value that is not there becomes as a string",
  async (apiKey) => {
    expect(() => createSyncLogClient({ apiKey })).toThrow(
      expect.objectContaining({
        code: "invalid_parameter",
        parameter: "apiKey",
        message: expect.stringContaining(`"${apiKey}"`),
      }),
    );
    const client = createSyncLogClient({ apiKey: () => apiKey, baseUrl: "http://localhost" });
    expect(await rejection(client.getSyncLog(ids))).toMatchObject({ parameter: "apiKey" });
  },
);

describe("a key of fewer than eight characters", () => {
  it("is taken out only where it is a whole value", async () => {
    const message = ["no test in a test of tests", "test"];
    const { client } = createScriptedClient(() => Response.json({ message }, { status: 404 }), {
      apiKey: "test",
      baseUrl: "http://localhost/test-path",
    });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error.message).toContain("http://localhost/test-path/");
    expect(error.message).toContain("no test in a test of tests, [redacted]");
  });

  it("is warned of when the client is created, once", async () => {
    const lines: unknown[] = [];
    const logger = createLogger({ warn: (...entry) => void lines.push(entry) });
    createSyncLogClient({ apiKey: "test", logger });
    expect(lines).toEqual([[expect.stringMatching(/API key.*8 characters/), {}]]);
    createSyncLogClient({ apiKey: usualKey, logger });
    expect(lines).toHaveLength(1);
  });
});

it.each([2800, 4000, 8000])("a key of %i characters is taken out of an error", async (length) => {
  const apiKey = Array.from({ length }, (_, index) =>
    String.fromCharCode(0x21 + ((index * 7919) % 94)),
  ).join("");
  const { client } = createScriptedClient(
    () => Response.json({ message: `bad ${apiKey}` }, { status: 404 }),
    { apiKey },
  );
  const error = await rejection(client.getSyncLog(ids));
  expect(error).toMatchObject({ code: "not_found", body: { message: "bad [redacted]" } });
});

const keyOf = (index: number): string => `${"k".repeat(800)}${index}_`;

it("a thousand keys, one after the other, cost no more than one", { timeout: 30_000 }, async () => {
  let asked = 0;
  const { client } = createScriptedClient(
    () => Response.json({ message: keyOf(asked) }, { status: 401 }),
    { apiKey: () => keyOf((asked += 1)) },
  );
  for (let index = 0; index < 1000; index += 1) {
    const error = await rejection(client.getSyncLog(ids));
    expect(error).toMatchObject({ code: "authentication_failed", body: { message: "[redacted]" } });
  }
  expect(asked).toBe(1001);
});
