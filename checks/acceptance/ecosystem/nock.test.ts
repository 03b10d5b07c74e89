import { createSyncLogClient } from "@qontext/sync-log-client";
import { describe, expect, it } from "vitest";
import { onUndici, seenByMocks } from "./support/node-transports.ts";
import { type Dispatcher, load } from "./support/other-packages.ts";
import { apiKey, completed, pathOfTarget, target } from "./support/sync-logs.ts";

/** What this test uses of nock. */
interface Nock {
  (origin: string): { get(path: string): { reply(status: number, body?: string): void } };
  cleanAll(): void;
  restore(): void;
  isActive(): boolean;
  activate(): void;
}

const origin = "https://api.qontext.ai";
const body: unknown = JSON.parse(completed);
const retry = { baseDelayMs: 1 };

describe.each(seenByMocks)("nock answers over %s", (_, create) => {
  it("as the service would, and what it has no answer to is asked once", async () => {
    const { default: nock } = load<{ default: Nock }>("nock");
    if (!nock.isActive()) nock.activate();
    try {
      const client = createSyncLogClient({ apiKey, retry, fetch: create() });
      nock(origin).get(pathOfTarget).reply(503);
      nock(origin).get(pathOfTarget).reply(200, completed);
      await expect(client.getSyncLog(target)).resolves.toEqual(body);
      await expect(client.getSyncLog({ ...target, id: "another" })).rejects.toMatchObject({
        attempts: [{ status: 501 }],
      });
    } finally {
      nock.cleanAll();
      nock.restore();
    }
  });
});

/** What this test uses of undici's mock. */
interface MockAgent extends Dispatcher {
  close(): Promise<void>;
  disableNetConnect(): void;
  get(origin: string): {
    intercept(request: object): { reply(status: number, body?: string): void };
  };
}

it("undici's own mock answers over createUndiciFetch", async () => {
  const undici = load<{ MockAgent: new () => MockAgent }>("undici-7");
  const agent = new undici.MockAgent();
  agent.disableNetConnect();
  agent.get(origin).intercept({ path: pathOfTarget }).reply(503);
  agent.get(origin).intercept({ path: pathOfTarget }).reply(200, completed);
  const fetch = onUndici(agent, () => agent.close());
  const client = createSyncLogClient({ apiKey, retry, fetch });
  await expect(client.getSyncLog(target)).resolves.toEqual(body);
});
