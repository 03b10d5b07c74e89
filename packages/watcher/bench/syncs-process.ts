// An API whose syncs go through their lifecycle by the clock, in a process of its own. It is no mock: it answers from texts that
// were made before, so that what is measured is the watcher and not it.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { BenchSync } from "./bench-protocol.ts";

const example = (name: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(new URL(`../../../specs/examples/${name}.json`, import.meta.url), "utf8"),
  );
const [pending, preparing, fetching, ingesting, completed] = [
  "pending",
  "preparing",
  "data-fetching",
  "ingesting",
  "completed",
].map((name) => example(name));

interface ServedSync {
  readonly startedAtMs: number;
  readonly endsAfterMs: number;
  /** At equal distances, the last at the end. */
  readonly texts: readonly string[];
}

const workspaces = new Map<string, Map<string, ServedSync>>();

function served({ workspaceId, id, endsAfterMs }: BenchSync, startedAtMs: number): ServedSync {
  const own = { workspaceId, id, startedAt: new Date(startedAtMs).toISOString() };
  const steps: object[] = [pending, preparing, fetching].map((step) => ({ ...step, ...own }));
  for (const part of [0.25, 0.5, 0.75]) {
    const total = Number(ingesting?.["totalRecordsToIngest"]);
    steps.push({ ...ingesting, ...own, recordsIngested: Math.round(total * part) });
  }
  const completedAt = new Date(startedAtMs + endsAfterMs).toISOString();
  steps.push({ ...completed, ...own, completedAt });
  return { startedAtMs, endsAfterMs, texts: steps.map((step) => JSON.stringify(step)) };
}

function textOf({ startedAtMs, endsAfterMs, texts }: ServedSync): string {
  const part = (Date.now() - startedAtMs) / endsAfterMs;
  const index = Math.min(texts.length - 1, Math.floor(part * (texts.length - 1)));
  return texts[index] ?? "";
}

const server = createServer((request, response) => {
  const [, , workspaceId = "", , id] = (request.url ?? "").split("/");
  const syncs = workspaces.get(workspaceId) ?? new Map<string, ServedSync>();
  response.setHeader("content-type", "application/json");
  if (id === undefined) {
    response.end(`[${Array.from(syncs.values(), textOf).join(",")}]`);
    return;
  }
  const sync = syncs.get(id);
  if (sync === undefined) response.statusCode = 404;
  response.end(sync === undefined ? '{"error":"Sync log not found"}' : textOf(sync));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.send?.(`http://127.0.0.1:${address?.port}`);
});
process.on("message", (message) => {
  const syncs: BenchSync[] = JSON.parse(typeof message === "string" ? message : "[]");
  for (const sync of syncs) {
    const own = workspaces.get(sync.workspaceId) ?? new Map<string, ServedSync>();
    workspaces.set(sync.workspaceId, own.set(sync.id, served(sync, Date.now())));
  }
  process.send?.("created");
});
process.on("disconnect", () => process.exit(0));
