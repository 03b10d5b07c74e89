import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { VerifyOptions } from "@qontext/sync-log-contract";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { ids, logs, other, own } from "../tools/services/sync-logs.mjs";
import { end, startNginx } from "./nginx.ts";

/** Where the frameworks are installed, and the services that use them lie. */
export const toolsFolder: string = join(import.meta.dirname, "../tools");

/** What every service serves. */
export const verification: Omit<VerifyOptions, "baseUrl"> = {
  workspace: own.workspaceId,
  syncLogs: [ids.completed, ids.ingesting],
  apiKey: own.key,
  otherWorkspace: other.workspaceId,
  otherSyncLog: ids.foreign,
  otherApiKey: other.key,
};

const world = JSON.stringify({
  keys: { [own.key]: own.workspaceId, [other.key]: other.workspaceId },
  logs,
});

const commands: Readonly<Record<string, (mistake: string) => readonly string[]>> = {
  express: (mistake) => ["node", "services/express.mjs", mistake],
  fastify: (mistake) => ["node", "services/fastify.mjs", mistake],
  nest: (mistake) => ["node", "services/nest.mjs", mistake],
  hono: (mistake) => ["node", "services/hono.mjs", mistake],
  "node-http": (mistake) => ["node", "services/node-http.mjs", mistake],
  "http-1.0": (mistake) => ["node", "services/node-http.mjs", mistake, "--http-1.0"],
  python: (mistake) => ["python3", "services/http_server.py", world, mistake],
  nginx: () => ["node", "services/node-http.mjs"],
};

/** Runs something against a service, and stops it. */
export async function withService<Result>(
  style: string,
  mistake: string,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const [command = "", ...args] = commands[style]?.(mistake) ?? [];
  using folder = scratchFolder();
  const service = spawn(command, args, {
    cwd: toolsFolder,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  try {
    const [line] = await once(service.stdout.setEncoding("utf8"), "data");
    const url = String(line).trim();
    if (style !== "nginx") return await use(url);
    const gateway = await startNginx(url, folder.path, mistake);
    try {
      return await use(gateway.url);
    } finally {
      await end(gateway.process);
    }
  } finally {
    await end(service);
  }
}
