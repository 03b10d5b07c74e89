import { Agent, interceptors, RetryAgent } from "undici";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createUndiciFetch } from "../../src/node/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { closeAfterTest, startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

function startAgent(): Agent {
  const agent = new Agent();
  closeAfterTest(() => agent.destroy());
  return agent;
}

it.each([
  ["retry", interceptors.retry({ minTimeout: 1 }), 503, "server_error", 3],
  ["responseError", interceptors.responseError(), 404, "not_found", 1],
  ["responseError", interceptors.responseError(), 503, "server_error", 3],
] as const)(
  "undici's interceptor %s changes no answer: %i",
  async (_, interceptor, status, code, requests) => {
    const server = await startServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end('{"message":"No"}');
    });
    const fetch = createUndiciFetch(startAgent().compose(interceptor));
    const retry = { baseDelayMs: 1 };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch, retry });
    const error = await syncLogErrorOf(client.getSyncLog(ids));
    expect(error).toMatchObject({ code, status, body: { message: "No" } });
    expect(server.requests).toHaveLength(requests);
  },
);

it("a RetryAgent is refused, since each of the client's attempts would be many", () => {
  const agent = startAgent();
  expect(() => createUndiciFetch(new RetryAgent(agent))).toThrow(/pass the agent that it wraps/);
});
