import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { portOf } from "@qontext/sync-log-test-support/free-port";

/** Of a sync log. */
export type Body = Record<string, unknown>;

function example(name: string): Body {
  const file = new URL(`../../../../specs/examples/${name}.json`, import.meta.url);
  const body: Body = JSON.parse(readFileSync(file, "utf8"));
  return body;
}

/** One request that was answered; a list has no id. */
export interface SeenRequest {
  readonly id: string;
  readonly atMs: number;
  readonly status: number;
}

/** An API on loopback whose syncs end when the test says so. */
export interface SyncLogApi {
  readonly url: string;
  readonly apiKey: string;
  readonly requests: SeenRequest[];
  /** Syncs not named here are `ingesting`. */
  readonly ended: Map<string, "completed" | "failed" | "stopped" | "skipped">;
  /** Answers with this status, for one sync or for all (`*`). */
  readonly broken: Map<string, number>;
  /** What the list of each workspace has; null where there is no such operation. */
  listed: ((workspaceId: string) => readonly string[]) | null;
  /** What a list says of a sync log in place of what a read of it says; null leaves it out. */
  row: ((log: Body) => Body | null) | undefined;
  /** Of each list. */
  listHeaders: Readonly<Record<string, string>>;
  /** How long answers take. */
  delayMs: number;
  /** Ends every sync that was asked for, or will be. */
  endAll: boolean;
  /** The `errorMessage` of every sync log, and the status of one that is running; else as in the examples. */
  note: string | undefined;
  /** The `recordsIngested` of every sync log that is running; else as in the example. */
  ingested: number | undefined;
  /** The key that is accepted. */
  acceptedKey: string;
  countOf(id: string): number;
  [Symbol.asyncDispose](): Promise<void>;
}

const apiKey = "q_sk_watcher-test-5f1c9a";

export async function startSyncLogApi(): Promise<SyncLogApi> {
  const running = example("ingesting");
  const endings = {
    completed: example("completed"),
    failed: example("failed"),
    stopped: example("stopped"),
    skipped: example("skipped"),
  };
  const unauthorized = example("unauthorized");
  const requests: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const [, , workspaceId = "", , id = ""] = (request.url ?? "")
      .split("/")
      .map(decodeURIComponent);
    const answer = (status: number, body: Body | readonly Body[]): void => {
      requests.push({ id, atMs: performance.now(), status });
      counts.set(id, (counts.get(id) ?? 0) + 1);
      const headers = id === "" ? api.listHeaders : {};
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    const reply = (): void => {
      const broken = api.broken.get(id) ?? api.broken.get("*");
      if (request.headers["x-api-key"] !== api.acceptedKey) answer(401, unauthorized);
      else if (id === "" && api.listed === null)
        answer(404, { statusCode: 404, message: "Cannot GET" });
      else if (broken !== undefined) answer(broken, { statusCode: broken, message: "Broken" });
      else if (id === "") {
        const rows = (api.listed?.(workspaceId) ?? []).map((each) => logOf(workspaceId, each));
        answer(
          200,
          rows
            .map((row) => (api.row === undefined ? row : api.row(row)))
            .filter((row) => row !== null),
        );
      } else answer(200, logOf(workspaceId, id));
    };
    const logOf = (ownerId: string, ownId: string): Body => {
      const ending = api.ended.get(ownId) ?? (api.endAll ? "completed" : undefined);
      const log = ending === undefined ? running : endings[ending];
      const noted = api.note === undefined ? {} : { errorMessage: api.note };
      const status = ending === undefined ? (api.note ?? log["status"]) : log["status"];
      const isCounted = ending === undefined && api.ingested !== undefined;
      const counted = isCounted ? { recordsIngested: api.ingested } : {};
      return { ...log, ...noted, ...counted, status, id: ownId, workspaceId: ownerId };
    };
    if (api.delayMs > 0) setTimeout(reply, api.delayMs);
    else reply();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api: SyncLogApi = {
    url: `http://127.0.0.1:${portOf(server)}`,
    apiKey,
    acceptedKey: apiKey,
    requests,
    ended: new Map(),
    broken: new Map(),
    listed: null,
    row: undefined,
    listHeaders: {},
    delayMs: 0,
    note: undefined,
    ingested: undefined,
    endAll: false,
    countOf: (id) => counts.get(id) ?? 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}
