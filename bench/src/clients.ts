import { createSyncLogClient, type SyncLogClientOptions } from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";

/** What sends a request: the runtime's fetch, or a stub. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Reads the sync log with this id. */
export type Read = (id: string) => Promise<unknown>;

/** What makes one client, as its users set it up. It loads nothing before, so that each process has one. */
export interface Client {
  /** Whether it times out and retries as it is set up here. */
  readonly isResilient?: true;
  /** Whether it brings a transport of its own, so that no stub can stand in for it. */
  readonly hasTransport?: true;
  readonly setUp: (baseUrl: string, fetch: Fetch) => Read | Promise<Read>;
}

/** So many connections at most. */
export const maxConnections = 50;

const apiKey = "q_sk_4f8a1c7d9e2b3a5f";
const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const template = "/workspaces/{workspaceId}/sync-logs/{id}";
const headers = { "X-API-Key": apiKey, accept: "application/json" };
const pathOf = (id: string): string => `/workspaces/${workspaceId}/sync-logs/${id}`;

/** By name; all are compared with the first. */
export const clients: Readonly<Record<string, Client>> = {
  "raw fetch": {
    setUp: (baseUrl, fetch) => async (id) => {
      const response = await fetch(`${baseUrl}${pathOf(id)}`, { headers });
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
  },
  // The least that any client with a timeout adds: undici links each signal that it is given.
  "raw fetch with a signal and a timer": {
    setUp: (baseUrl, fetch) => async (id) => {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 30_000);
      const { signal } = controller;
      try {
        const response = await fetch(`${baseUrl}${pathOf(id)}`, { headers, signal });
        if (!response.ok) throw new Error(String(response.status));
        return await response.json();
      } finally {
        clearTimeout(timer);
      }
    },
  },
  "@qontext/sync-log-client": {
    isResilient: true,
    setUp: (baseUrl, fetch) => ours({ baseUrl, fetch }),
  },
  "openapi-fetch": {
    async setUp(baseUrl, fetch) {
      const { default: createClient } = await import("openapi-fetch");
      const client = createClient<Paths>({ baseUrl, fetch: (input) => fetch(input), headers });
      return async (id) =>
        (await client.GET(template, { params: { path: { workspaceId, id } } })).data;
    },
  },
  ofetch: {
    async setUp(baseURL, fetch) {
      const { createFetch } = await import("ofetch");
      const client = createFetch({ fetch, Headers, AbortController });
      return (id) => client(pathOf(id), { baseURL, headers });
    },
  },
  ky: {
    isResilient: true,
    async setUp(baseUrl, fetch) {
      const { default: ky } = await import("ky");
      const client = ky.create({ fetch, headers, timeout: 30_000, retry: 2 });
      return (id) => client.get(`${baseUrl}${pathOf(id)}`).json();
    },
  },
  "@octokit/request": {
    async setUp(baseUrl, fetch) {
      const { request } = await import("@octokit/request");
      const client = request.defaults({ baseUrl, headers, request: { fetch } });
      return async (id) => (await client(`GET ${template}`, { workspaceId, id })).data;
    },
  },
  "openai (Stainless)": {
    isResilient: true,
    async setUp(baseURL, fetch) {
      const { default: OpenAI } = await import("openai");
      const client = new OpenAI({ apiKey, baseURL, fetch, maxRetries: 2, timeout: 30_000 });
      return async (id) => client.get(pathOf(id), { headers: { "X-API-Key": apiKey } });
    },
  },
  "axios + axios-retry": {
    isResilient: true,
    async setUp(baseURL, fetch) {
      const { create } = await import("axios");
      const { default: addRetry } = await import("axios-retry");
      const env = { fetch };
      const client = create({ baseURL, headers, timeout: 30_000, adapter: "fetch", env });
      addRetry(client, { retries: 2 });
      return async (id) => (await client.get<unknown>(pathOf(id))).data;
    },
  },
  "@qontext/sync-log-client, createNodeFetch": {
    isResilient: true,
    hasTransport: true,
    async setUp(baseUrl) {
      const { createNodeFetch } = await import("@qontext/sync-log-client/node");
      return ours({ baseUrl, fetch: createNodeFetch({ maxSockets: maxConnections }) });
    },
  },
  "@qontext/sync-log-client, createUndiciFetch": {
    isResilient: true,
    hasTransport: true,
    async setUp(baseUrl) {
      const { createUndiciFetch } = await import("@qontext/sync-log-client/node");
      const { Pool } = await import("undici");
      const pool = new Pool(baseUrl, { connections: maxConnections });
      return ours({ baseUrl, fetch: createUndiciFetch(pool) });
    },
  },
  "undici.request, bare": {
    hasTransport: true,
    async setUp(baseUrl) {
      const { Pool } = await import("undici");
      const pool = new Pool(baseUrl, { connections: maxConnections });
      return async (id) => {
        const { body } = await pool.request({ method: "GET", path: pathOf(id), headers });
        return body.json();
      };
    },
  },
};

interface Paths {
  readonly [template]: {
    readonly parameters: { readonly path: { readonly workspaceId: string; readonly id: string } };
    readonly get: {
      readonly parameters: { readonly path: { readonly workspaceId: string; readonly id: string } };
      readonly responses: {
        readonly 200: { readonly content: { readonly "application/json": SyncLog } };
      };
    };
  };
}

function ours(options: SyncLogClientOptions): Read {
  const client = createSyncLogClient({ apiKey, ...options });
  return (id) => client.getSyncLog({ workspaceId, id });
}
