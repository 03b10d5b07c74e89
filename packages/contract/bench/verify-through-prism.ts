import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { ids, other, own } from "../test/mutants/world.ts";

let operations: ReturnType<typeof getHttpOperationsFromSpec> | undefined;

/** What Prism says to a provider as a validation proxy with `errors`, by the header in which it says it. */
export async function caughtByPrism(upstream: string): Promise<boolean> {
  operations ??= getHttpOperationsFromSpec(openapiDocument);
  const server = createServer(await operations, {
    cors: false,
    config: {
      isProxy: true,
      validateRequest: false,
      validateResponse: true,
      checkSecurity: false,
      errors: true,
      upstream: new URL(upstream),
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("proxy", { level: "silent" }) },
  });
  const url = await server.listen(0, "127.0.0.1");
  try {
    for (const request of requests) if (await isRefused(url, request)) return true;
    return false;
  } finally {
    await Promise.race([
      server.close(),
      new Promise((resolve) => setTimeout(resolve, 100).unref()),
    ]);
  }
}

interface ProxyRequest {
  readonly path: string;
  readonly key?: string;
  readonly method?: string;
  readonly accept?: string;
}

const path = (workspace: string, id: string): string => `${listPath(workspace)}/${id}`;
const listPath = (workspace: string): string => `/workspaces/${workspace}/sync-logs`;

/** One request of each kind that the document describes, and those that a proxy would see in a day. */
const requests: readonly ProxyRequest[] = [
  ...[ids.completed, ids.failed, ids.live, ids.live, ids.stopped, ids.skipped, ids.completed].map(
    (id) => ({ path: path(own.workspaceId, id), key: own.key }),
  ),
  { path: path(own.workspaceId, "not-an-id"), key: own.key },
  { path: path(own.workspaceId, `${ids.completed.slice(0, -1)}9`), key: own.key },
  { path: path(own.workspaceId, ids.completed) },
  { path: path(own.workspaceId, ids.completed), key: "q_sk_unknown" },
  { path: path(own.workspaceId, ids.foreign), key: own.key },
  { path: path(other.workspaceId, ids.completed), key: own.key },
  { path: path(own.workspaceId, ids.completed), key: own.key, accept: "application/xml" },
  { path: path(own.workspaceId, ids.completed), key: own.key, method: "HEAD" },
  { path: listPath(own.workspaceId), key: own.key },
  { path: listPath(own.workspaceId) },
  { path: listPath(other.workspaceId), key: own.key },
];

/** Whether Prism answers in place of the provider, with its own type of problem, or cannot pass the response on. */
async function isRefused(
  url: string,
  { path: target, key, method = "GET", accept = "application/json" }: ProxyRequest,
): Promise<boolean> {
  try {
    const headers = { accept, ...(key === undefined ? {} : { "X-API-Key": key }) };
    const response = await fetch(url + target, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(1500),
    });
    const text = await response.text();
    return /stoplight\.io\/prism\/errors#(?:VIOLATIONS|UNKNOWN|INVALID)/.test(text);
  } catch {
    // A response that cannot be read is noticed by the user of the proxy, but not by Prism.
    return false;
  }
}
