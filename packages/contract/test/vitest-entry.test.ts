import { describe, expect, test } from "vitest";
import { startProvider, verification } from "./mutants/start-provider.ts";
import { ids, own } from "./mutants/world.ts";
import { contractSuite } from "../src/vitest/index.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";

contractSuite("a provider that is started by the suite", {
  ...verification,
  watchSeconds: 0.5,
  start: () => startProvider(),
});

const get = async (url: string, id: string): Promise<{ request: Request; response: Response }> => {
  const request = new Request(`${url}/workspaces/${own.workspaceId}/sync-logs/${id}`, {
    headers: { "X-API-Key": own.key },
  });
  return { request, response: await fetch(request) };
};

describe("toSatisfyContract", () => {
  test("is satisfied by a response that keeps the contract, which stays readable", async () => {
    await withProvider({}, async (url) => {
      const { request, response } = await get(url, ids.completed);
      await expect(response).toSatisfyContract("getSyncLog", { request });
      await expect(response.json()).resolves.toMatchObject({ status: "completed" });
    });
  });

  test.for([
    ["ingested-above-total", "invariant/ingested-within-total"],
    ["other-id", "invariant/id-matches-path"],
    ["unknown-status", "schema/enum"],
    ["wrong-charset", "media-type/charset"],
    ["duplicate-key", "json/duplicate-key"],
  ] as const)("names what is wrong with %s, and not the key", async ([mutant, check]) => {
    await withProvider(behaviorOf(mutant), async (url) => {
      const { request, response } = await get(url, ids.completed);
      await expect(response).not.toSatisfyContract("getSyncLog", { request });
      const failure = await expect(response)
        .toSatisfyContract("getSyncLog", { request })
        .then(
          () => "",
          (error: unknown) => String(error),
        );
      expect(failure).toContain(check);
      expect(failure).not.toContain(own.key);
    });
  });

  test("refuses an unknown operation, and a path of another operation", async () => {
    const response = Response.json({});
    await expect(
      expect(response).toSatisfyContract("getSyncLogs", { request: "http://127.0.0.1/" }),
    ).rejects.toThrow(/no GET operation "getSyncLogs"/);
    await expect(
      expect(response).toSatisfyContract("getSyncLog", { request: "http://127.0.0.1/" }),
    ).rejects.toThrow(/not a path of getSyncLog/);
  });
});
