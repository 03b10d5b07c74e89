import { Agent, interceptors } from "undici";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/node/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { closeAfterTest, startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

it("no redirect is followed by a dispatcher of undici that follows redirects", async () => {
  const other = await startServer((_, response) => {
    response.end(smallestAnswer);
  });
  const server = await startServer((_, response) => {
    response.writeHead(302, { location: `${other.url}/elsewhere` }).end();
  });
  const agent = new Agent();
  closeAfterTest(() => agent.destroy());
  const fetch = createUndiciFetch(agent.compose(interceptors.redirect({ maxRedirections: 3 })));
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({ code: "redirect_refused" });
  expect(other.requests).toEqual([]);
});
