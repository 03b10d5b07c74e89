import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker, type TestWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const lists = ({ messages }: TestWorker): number =>
  messages.filter(({ type }) => type === "listed").length;

describeRedis("kill -9 of the process that reads the list of a workspace", () => {
  test("leaves it to another, and loses and doubles nothing", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(40);
    api.listed = () => all.map(({ id }) => id);
    await using stack = new AsyncDisposableStack();
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey };
    const start = async (): Promise<TestWorker> => stack.use(await startWorker(settings));
    const workers = await Promise.all([start(), start()]);
    await workers[0].call({ do: "watch", targets: all });
    await until("a process reads lists", () => workers.some((one) => lists(one) >= 3));

    const leader = workers.find((one) => lists(one) > 0);
    const heirs = workers.filter((one) => one !== leader);
    // On a busy machine the lead may have changed hands before.
    const listsBefore = heirs.reduce((sum, one) => sum + lists(one), 0);
    // Ends that it has seen, and is about to confirm and to store.
    const ended = all.slice(0, 20).map(({ id }) => id);
    const confirmed = (): number => ended.reduce((sum, id) => sum + api.countOf(id), 0);
    const before = confirmed();
    for (const id of ended) api.ended.set(id, "failed");
    await until("it confirms ends", () => confirmed() > before);
    await leader?.kill("SIGKILL");
    const killedAtMs = performance.now();
    await until(
      "another reads lists",
      () => heirs.reduce((sum, one) => sum + lists(one), 0) > listsBefore,
    );
    expect(performance.now() - killedAtMs).toBeLessThan(20_000);

    api.endAll = true;
    const accepted = (): string[] => workers.flatMap((one) => one.accepted());
    await until("every watch has its outcome", () => new Set(accepted()).size === all.length);
    await until("nothing is left to do", async () => {
      const { counts } = await Promise.any(heirs.map((one) => one.overview()));
      return counts.delivered === all.length && counts.waiting === 0;
    });
    expect(accepted()).toHaveLength(all.length);
  });
});
