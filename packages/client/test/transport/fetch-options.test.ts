import { expect, it } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

function createClient(options: Partial<SyncLogClientOptions>) {
  const seen: unknown[] = [];
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    fetch(_, init) {
      seen.push(init);
      return Promise.resolve(Response.json(exampleSyncLog("completed")));
    },
    ...options,
  });
  return { client, seen };
}

const dispatcher = { dispatch: () => true };

it("options for fetch go along with every request, those of a call before those of the client", async () => {
  const { client, seen } = createClient({ fetchOptions: { dispatcher, cache: "no-cache" } });
  await client.getSyncLog(ids);
  await client.getSyncLog(ids, { fetchOptions: { cache: "reload", next: { revalidate: 60 } } });
  await client.waitForSyncLog(ids, { fetchOptions: { keepalive: true } });
  await createOpenapiClient(client).GET("/workspaces/{workspaceId}/sync-logs/{id}", {
    params: { path: ids },
  });
  expect(seen).toMatchObject([
    { dispatcher, cache: "no-cache", method: "GET", redirect: "manual" },
    { dispatcher, cache: "reload", next: { revalidate: 60 } },
    { dispatcher, keepalive: true },
    { dispatcher, cache: "no-cache" },
  ]);
});

it.each(["method", "headers", "body", "signal", "redirect"])("%s can't be one of them", (name) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JavaScript may pass
  const fetchOptions = { [name]: "follow" } as never;
  expect(() => createClient({ fetchOptions })).toThrow(
    `\`fetchOptions.${name}\` is set by the client.`,
  );
});

it("waits with options of their own for fetch don't share polls with others", async () => {
  const { client, seen } = createClient({});
  const agents = [{}, {}, {}].map((agent) => ({ agent }));
  const [first] = agents;
  await Promise.all(
    [...agents, first && { ...first }].map((fetchOptions) =>
      client.waitForSyncLog(ids, { fetchOptions }),
    ),
  );
  expect(seen).toHaveLength(3);
});
