import type { SyncLogClientOptions } from "@qontext/sync-log-client";

export const target = {
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
  id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
};

/** What makes a client fail: its options, or the id that is asked for. */
export interface Trouble extends SyncLogClientOptions {
  readonly id?: string;
}

const answer = (status: number, body = "{}"): Trouble => ({
  fetch: async () => new Response(body, { status, headers: { location: "/elsewhere" } }),
});
const running: Trouble = {
  fetch: async (url) => Response.json({ id: url.split("/").at(-1), status: "ingesting" }),
};
const silent: Trouble = { fetch: () => new Promise(() => {}) };

/** What leads to each code of an error. Where one has several causes, they may differ. */
export const troubles: Readonly<Record<string, readonly Trouble[]>> = {
  bad_request: [answer(400)],
  authentication_failed: [answer(401)],
  permission_denied: [answer(403)],
  not_found: [answer(404)],
  rate_limited: [answer(429)],
  server_error: [answer(500), answer(501)],
  api_error: [answer(408), answer(418)],
  connection_failed: [{ fetch: () => Promise.reject(new TypeError("fetch failed")) }],
  request_timeout: [{ ...silent, timeoutMs: 1000 }],
  deadline_exceeded: [
    { ...silent, deadlineMs: 400 },
    { ...answer(503), deadlineMs: 400, retry: { baseDelayMs: 60_000 } },
  ],
  redirect_refused: [answer(302)],
  response_format: [answer(200, "<!doctype html>")],
  response_invalid: [
    {
      ...running,
      validate: { "~standard": { validate: () => ({ issues: [{ message: "no" }] }) } },
    },
  ],
  invalid_parameter: [{ ...running, id: "" }],
  key_function_failed: [{ ...running, apiKey: () => Promise.reject(new Error("no key")) }],
  wait_timeout: [running],
};
