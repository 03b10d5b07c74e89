import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { portOf } from "@qontext/sync-log-test-support/free-port";

/** The API, whose syncs end when the measurement says so. */
export interface Api extends AsyncDisposable {
  readonly url: string;
  readonly ended: Set<string>;
  /** How often each sync log was read, by itself or in a list. */
  readonly reads: Map<string, number>;
  acceptedKey: string;
  /** Whether requests that come now stay without an answer until it is false again. */
  isSilent: boolean;
  /** When the first accepted request came after this moment; null if none has. */
  firstReadAfter(atMs: number): number | null;
}

function example(name: string): object {
  const file = new URL(`../../../specs/examples/${name}.json`, import.meta.url);
  return Object(JSON.parse(readFileSync(file, "utf8")));
}

/** `ids` are what its list has. */
export async function startApi(acceptedKey: string, ids: readonly string[] = []): Promise<Api> {
  const running = example("ingesting");
  const completed = example("completed");
  const unauthorized = example("unauthorized");
  const readAtMs: number[] = [];
  const server = createServer(async (request, response) => {
    while (api.isSilent) await sleep(100);
    const [, , workspaceId = "", , id = ""] = (request.url ?? "").split("/");
    const isAccepted = request.headers["x-api-key"] === api.acceptedKey;
    const logs = (id === "" ? ids : [id]).map((one) => ({
      ...(api.ended.has(one) ? completed : running),
      workspaceId,
      id: one,
    }));
    response.writeHead(isAccepted ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isAccepted ? (id === "" ? logs : logs[0]) : unauthorized));
    if (!isAccepted) return;
    readAtMs.push(Date.now());
    for (const log of logs) api.reads.set(log.id, (api.reads.get(log.id) ?? 0) + 1);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const api: Api = {
    url: `http://127.0.0.1:${portOf(server)}`,
    ended: new Set(),
    reads: new Map(),
    acceptedKey,
    isSilent: false,
    firstReadAfter: (atMs) => readAtMs.find((oneAtMs) => oneAtMs > atMs) ?? null,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return api;
}
