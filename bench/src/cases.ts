import type { SyncLog } from "@qontext/sync-log-schema";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { request } from "@octokit/request";
import { create as createAxios } from "axios";
import axiosRetry from "axios-retry";
import ky from "ky";
import { createFetch } from "ofetch";
import OpenAI from "openai";
import createClient from "openapi-fetch";

/** What sends a request: the runtime's fetch, or a stub. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One client, ready to read one sync log. */
export interface Case {
  readonly name: string;
  /** Whether it times out and retries as it is set up here. */
  readonly isResilient: boolean;
  readonly call: () => Promise<unknown>;
}

const apiKey = "q_sk_4f8a1c7d9e2b3a5f";
const ids = {
  workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
  id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
};
const path = `/workspaces/${ids.workspaceId}/sync-logs/${ids.id}`;
const headers = { "X-API-Key": apiKey, accept: "application/json" };

interface Paths {
  "/workspaces/{workspaceId}/sync-logs/{id}": {
    parameters: { path: typeof ids };
    get: {
      parameters: { path: typeof ids };
      responses: { 200: { content: { "application/json": SyncLog } } };
    };
  };
}

/** Raw fetch, to which the others are compared, and each client as its users set it up. */
export function createCases(baseUrl: string, fetch: Fetch): readonly Case[] {
  return [
    { name: "raw fetch", isResilient: false, call: rawFetch(baseUrl, fetch) },
    {
      name: "raw fetch with a signal and a timer",
      isResilient: false,
      call: abortableFetch(baseUrl, fetch),
    },
    { name: "@qontext/sync-log-client", isResilient: true, call: ours(baseUrl, fetch) },
    { name: "openapi-fetch", isResilient: false, call: openapiFetch(baseUrl, fetch) },
    { name: "ofetch", isResilient: false, call: ofetch(baseUrl, fetch) },
    { name: "ky", isResilient: true, call: kyCase(baseUrl, fetch) },
    { name: "@octokit/request", isResilient: false, call: octokit(baseUrl, fetch) },
    { name: "openai (Stainless)", isResilient: true, call: stainless(baseUrl, fetch) },
    { name: "axios + axios-retry", isResilient: true, call: axiosCase(baseUrl, fetch) },
  ];
}

/** This client with another transport. */
export function ours(
  baseUrl: string,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): () => Promise<unknown> {
  const client = createSyncLogClient({ apiKey, baseUrl, fetch });
  return () => client.getSyncLog(ids);
}

function rawFetch(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  return async () => {
    const response = await fetch(`${baseUrl}${path}`, { headers });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };
}

/** The least that any client with a timeout adds: undici links each signal that it is given. */
function abortableFetch(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  return async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    const { signal } = controller;
    try {
      const response = await fetch(`${baseUrl}${path}`, { headers, signal });
      if (!response.ok) throw new Error(String(response.status));
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  };
}

function openapiFetch(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = createClient<Paths>({ baseUrl, fetch: (input) => fetch(input), headers });
  return async () => {
    const { data } = await client.GET("/workspaces/{workspaceId}/sync-logs/{id}", {
      params: { path: ids },
    });
    return data;
  };
}

function ofetch(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = createFetch({ fetch, Headers, AbortController });
  return () => client(path, { baseURL: baseUrl, headers });
}

function kyCase(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = ky.create({ fetch, headers, timeout: 30_000, retry: 2 });
  return () => client.get(`${baseUrl}${path}`).json();
}

function octokit(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = request.defaults({ baseUrl, headers, request: { fetch } });
  return async () => {
    const { data } = await client("GET /workspaces/{workspaceId}/sync-logs/{id}", ids);
    return data;
  };
}

function stainless(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = new OpenAI({ apiKey, baseURL: baseUrl, fetch, maxRetries: 2, timeout: 30_000 });
  return async () => client.get(path, { headers: { "X-API-Key": apiKey } });
}

function axiosCase(baseUrl: string, fetch: Fetch): () => Promise<unknown> {
  const client = createAxios({
    baseURL: baseUrl,
    headers,
    timeout: 30_000,
    adapter: "fetch",
    env: { fetch },
  });
  axiosRetry(client, { retries: 2 });
  return async () => (await client.get<unknown>(path)).data;
}
