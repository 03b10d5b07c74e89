// What each package has as its `fetch` is one for the client, without a cast.
import { createSyncLogClient, type Fetch } from "@qontext/sync-log-client";
import nodeFetch2 from "node-fetch-2";
import nodeFetch3 from "node-fetch-3";
import { ofetch } from "ofetch";
import { fetch as undici6 } from "undici-6";
import { fetch as undici7 } from "undici-7";
import { fetch as undici8 } from "undici-8";
import ky from "ky";
import { vi } from "vitest-5";

const fetches: Record<string, Fetch> = {
  global: fetch,
  ky,
  nodeFetch2,
  nodeFetch3,
  // oxlint-disable-next-line typescript/unbound-method -- as its users write it
  ofetch: ofetch.raw,
  undici6,
  undici7,
  undici8,
  vitest: vi.fn<typeof fetch>(),
  untyped: vi.fn(),
  mock: async () => ({ status: 200, headers: new Map(), text: async () => "{}" }),
  json: async (url) => ({ status: 200, ok: true, json: async () => ({ id: url }) }),
  wrapper: (url, init) => fetch(url, { ...init, headers: { ...init.headers, "x-a": "1" } }),
};

// @ts-expect-error -- it has no status
const withoutStatus: Fetch = async () => ({ ok: true });

for (const [name, fetch] of [...Object.entries(fetches), ["none", withoutStatus] as const]) {
  createSyncLogClient({ apiKey: name, fetch });
}
