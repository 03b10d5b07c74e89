import type { MockServer, SyncHandle } from "../src/index.ts";

/** What a test sees of an answer. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Reads a path of a mock, over the wire. */
export async function read(mock: MockServer, path: string, init: RequestInit = {}): Promise<Seen> {
  const response = await fetch(mock.url + path, {
    ...init,
    headers: { "x-api-key": "q_sk_test", ...Object.fromEntries(new Headers(init.headers)) },
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
  const body: Record<string, unknown> = isJson ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, body };
}

/** Path parameters of a sync. */
export function pathOf({ workspaceId, id }: SyncHandle): Record<string, string> {
  return { workspaceId, id };
}
