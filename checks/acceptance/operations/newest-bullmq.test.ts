import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { expect, test } from "vitest";
import { pace } from "../redis-faults/faults.ts";
import { syncLogId, workspaceId } from "../redis-faults/measure-fault.ts";
import { startApi } from "../redis-faults/start-api.ts";
import { startWorker } from "../redis-faults/start-worker.ts";
import { becomes } from "../redis-faults/until.ts";

const manifest = new URL("../../../packages/watcher/package.json", import.meta.url);
const { peerDependencies } = Object(JSON.parse(readFileSync(manifest, "utf8")));

/** Preloaded: whoever imports bullmq gets the one that is installed in a folder. */
const replaceBullmq = (folder: string): string => `
import { registerHooks } from "node:module";
const parentURL = ${JSON.stringify(pathToFileURL(join(folder, "package.json")).href)};
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier === "bullmq" ? { ...context, parentURL } : context),
});
`;

test("the newest bullmq that the peer dependency allows polls and delivers", async () => {
  using folder = scratchFolder();
  writeFileSync(join(folder.path, "package.json"), "{}");
  writeFileSync(
    join(folder.path, "pnpm-workspace.yaml"),
    "allowBuilds: { msgpackr-extract: false }",
  );
  const install = ["add", `bullmq@${peerDependencies.bullmq}`];
  execFileSync("pnpm", install, { cwd: folder.path, stdio: "ignore" });
  writeFileSync(join(folder.path, "replace-bullmq.mjs"), replaceBullmq(folder.path));

  await using redis = await startRedis();
  await using api = await startApi("q_sk_of-the-newest");
  const env = { NODE_OPTIONS: `--import=${join(folder.path, "replace-bullmq.mjs")}` };
  await using worker = await startWorker(redis.url, api.url, api.acceptedKey, pace, env);
  const engine = bullmqEngine({ connection: redis.url });
  const ids = Array.from({ length: 10 }, (_, n) => syncLogId(n));
  for (const id of ids) await engine.add({ workspaceId, id, maxWaitMs: 600_000 });
  await engine.close(0);
  const arePolledTwice = (): boolean => ids.every((id) => (api.reads.get(id) ?? 0) >= 2);
  expect(await becomes(arePolledTwice, 60_000)).toBe(true);
  for (const id of ids) api.ended.add(id);
  await becomes(() => worker.outcomes.length >= ids.length, 60_000);
  expect(worker.outcomes.map(({ id }) => id).toSorted()).toEqual(ids);
  expect(worker.log.filter((line) => line.includes("error"))).toEqual([]);
});
