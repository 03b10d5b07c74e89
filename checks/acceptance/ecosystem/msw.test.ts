import { createSyncLogClient } from "@qontext/sync-log-client";
import { describe, expect, it } from "vitest";
import { seenByMocks } from "./support/node-transports.ts";
import { load } from "./support/other-packages.ts";
import { apiKey, completed, pathOfTarget, target } from "./support/sync-logs.ts";

/** What this test uses of msw. */
interface Msw {
  readonly http: { get(url: string, answer: (info: { request: Request }) => Response): unknown };
  readonly setupServer: (...handlers: readonly unknown[]) => {
    listen(options: object): void;
    close(): void;
  };
}

describe.each(seenByMocks)("msw answers over %s", (_, create) => {
  it("as the service would", async () => {
    const { http } = load<Pick<Msw, "http">>("msw");
    const { setupServer } = load<Pick<Msw, "setupServer">>("msw/node");
    const body: unknown = JSON.parse(completed);
    const keys: (string | null)[] = [];
    const server = setupServer(
      http.get(`https://api.qontext.ai${pathOfTarget}`, ({ request }) => {
        keys.push(request.headers.get("x-api-key"));
        return keys.length === 1 ? new Response(null, { status: 503 }) : Response.json(body);
      }),
    );
    server.listen({ onUnhandledRequest: "error" });
    try {
      const client = createSyncLogClient({ apiKey, fetch: create(), retry: { baseDelayMs: 1 } });
      await expect(client.getSyncLog(target)).resolves.toEqual(body);
      expect(keys).toEqual([apiKey, apiKey]);
    } finally {
      server.close();
    }
  });
});
