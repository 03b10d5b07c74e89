import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { startMockServer } from "../dist/index.js";
import type { MemorySample, ServerMessage } from "./child.ts";

// A process of its own: `prism` or `mock`; answers "memory" with what it holds after a garbage collection.

const [kind] = process.argv.slice(2);
const id = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";
const path = `/workspaces/ws_123e4567-e89b-12d3-a456-426614174000/sync-logs/${id}`;

async function startPrism(): Promise<string> {
  const server = createServer(await getHttpOperationsFromSpec(structuredClone(openapiDocument)), {
    cors: true,
    config: {
      isProxy: false,
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger("bare", { level: "silent" }) },
  });
  return server.listen(0, "127.0.0.1");
}

function sample(): MemorySample {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed };
}

const tell = (message: ServerMessage): boolean => process.send?.(message) ?? false;

if (kind === "prism") {
  tell({ url: await startPrism(), path });
} else {
  const mock = await startMockServer({ scenarios: [{ name: "at-completed", id }] });
  process.on("message", (message) => {
    if (message === "memory") tell({ memory: sample() });
    if (message === "ten thousand" || message === "twenty workspaces") {
      const start = performance.now();
      const syncs = Array.from({ length: 10_000 }, (_, index) => {
        const number = message === "ten thousand" ? 0 : index % 20;
        const workspaceId = `ws_123e4567-e89b-12d3-a456-4266141740${String(number).padStart(2, "0")}`;
        return mock
          .sync({ workspaceId })
          .follow("completed", { totalRecords: 1000 + index, advance: { everyMs: 50 } });
      });
      tell({ syncs: syncs.map((sync) => sync.path), setUpMs: performance.now() - start });
    }
  });
  tell({ url: mock.url, path });
}
process.on("disconnect", () => process.exit());
