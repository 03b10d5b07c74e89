import { describe, expect, it } from "vitest";
import { createSyncLogClient, isRedirectError } from "../../src/index.ts";
import { createOpenapiClient } from "../../src/openapi/index.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

const followRedirects = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: "follow" });

describe.each([300, 301, 302, 303, 307, 308])("a redirect with %i", (status) => {
  it("is not followed, not retried, and an error that names its target", async () => {
    const other = await startServer((_, response) => response.end(smallestAnswer));
    const server = await startServer((_, response) => {
      response.writeHead(status, { location: `${other.url}/elsewhere` });
      response.end();
    });
    const client = createSyncLogClient({ apiKey, baseUrl: server.url });
    const error = await rejection(client.getSyncLog(ids));
    if (!isRedirectError(error)) throw new Error("not a RedirectError", { cause: error });
    expect(error.status).toBe(status);
    expect(error.message).toContain(`${other.url}/elsewhere`);
    expect(error.headers.get("location")).toBe(`${other.url}/elsewhere`);
    expect(other.requests).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
});

it("names no more of its target than is of use", async () => {
  const location = `/${"x".repeat(9000)}`;
  const server = await startServer((_, response) => response.writeHead(302, { location }).end());
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const { message } = await syncLogErrorOf(client.getSyncLog(ids));
  expect(message.length).toBeLessThan(1500);
  expect(message).toContain("Set `baseUrl`");
});

it("is refused where a fetch has followed it all the same", async () => {
  const server = await startServer((request, response) => {
    if (request.url === "/elsewhere") response.statusCode = 404;
    else response.writeHead(302, { location: "/elsewhere" });
    response.end(smallestAnswer);
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url, fetch: followRedirects });
  expect((await syncLogErrorOf(client.getSyncLog(ids))).code).toBe("redirect_refused");
});

it("is no redirect where it is a 304, which answers nothing that was asked", async () => {
  const server = await startServer((_, response) => response.writeHead(304).end());
  const error = await syncLogErrorOf(
    createSyncLogClient({ apiKey, baseUrl: server.url }).getSyncLog(ids),
  );
  expect(error).toMatchObject({ code: "api_error", status: 304 });
  expect(error.message).toContain("`if-none-match`");
  expect(server.requests).toHaveLength(1);
});

it("is refused through openapi-fetch, too", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(302, { location: "/elsewhere" });
    response.end();
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  const call = createOpenapiClient(client).GET("/workspaces/{workspaceId}/sync-logs/{id}", {
    params: { path: ids },
  });
  expect((await syncLogErrorOf(call)).code).toBe("redirect_refused");
  expect(server.requests).toHaveLength(1);
});
