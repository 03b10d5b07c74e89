import { type JobState, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import {
  addPollJob,
  endDelivery,
  endPolledWatch,
  type Settled,
  settleWatches,
} from "../../src/redis/job-scripts.ts";
import { createPulse } from "../../src/redis/pulse.ts";
import {
  closeQueues,
  indexKeyOf,
  openQueues,
  type QueueName,
  type WatchQueues,
} from "../../src/redis/queues.ts";
import { soundBackend } from "../../src/redis/sound-backend.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { target } from "../support/targets.ts";

const watch = target(0);
const { workspaceId } = watch;
const key = watchKey(watch);
const token = "of-this-test";
const data = { of: "a watch" };
const polledData = { of: "a watch that was polled" };
const outcome = { of: "an outcome" };
const nowMs = Date.now();
const laterMs = nowMs + 60_000;
const delivery = {
  attempts: 3,
  backoff: { type: "custom" },
  removeOnComplete: { age: 60 },
  stackTraceLimit: 0,
};

/** The queues of an engine, and the jobs that a worker of BullMQ takes out of them. */
interface Scene {
  readonly queues: WatchQueues;
  readonly take: (
    queue: QueueName,
  ) => Promise<NonNullable<Awaited<ReturnType<Worker["getNextJob"]>>>>;
}
type Act = (scene: Scene) => Promise<unknown>;

const addOwn =
  (priority: number): Act =>
  async ({ queues }) =>
    addPollJob(queues, { key, workspaceId, data, priority }, nowMs);
const addTheirs =
  (priority: number): Act =>
  async ({ queues }) =>
    queues.polls.add("poll", data, { jobId: key, timestamp: nowMs, attempts: 0, priority });
const addOutcome: Act = async ({ queues }) =>
  queues.outcomes.add("outcome", outcome, { ...delivery, jobId: key, timestamp: nowMs });

const settle =
  (kind: Settled["kind"]): Act =>
  async ({ queues }) => {
    await queues.connection.hset(queues.leadKeys.tokens, workspaceId, token);
    const index = indexKeyOf(queues, workspaceId);
    const generation = (await queues.connection.hget(index, key)) ?? "of-this-test";
    await queues.connection.hset(index, key, generation);
    const written = kind === "end" ? outcome : polledData;
    const settled = { kind, key, generation, atMs: laterMs, data: written };
    return settleWatches(queues, { workspaceId, token }, [settled], delivery, nowMs);
  };
const endPolled: Act = async ({ queues }) =>
  endPolledWatch(queues, { key, token }, watch, outcome, delivery, nowMs);

const poll: Act = async (scene) => {
  await addTheirs(0)(scene);
  await scene.take("polls");
};
const putOff: Act = async (scene) => {
  await addTheirs(0)(scene);
  const job = await scene.take("polls");
  await job.moveToDelayed(nowMs + 30_000, token);
};
const removeAndAdd: Act = async (scene) => {
  await scene.queues.polls.remove(key);
  await addOutcome(scene);
};
const complete: Act = async ({ queues }) => {
  const job = await queues.outcomes.getJob(key);
  await job?.moveToCompleted(undefined, token, false);
};

const nothing: Act = async () => undefined;

/** What a script of this package does, how BullMQ comes to the same, and where the job is then. */
interface Step {
  readonly before?: Act;
  readonly own: Act;
  readonly theirs: Act;
  readonly at: readonly [QueueName, JobState];
}

const steps: Readonly<Record<string, Step>> = {
  "a new watch": { own: addOwn(0), theirs: addTheirs(0), at: ["polls", "waiting"] },
  "a new watch that comes after others": {
    own: addOwn(1),
    theirs: addTheirs(1),
    at: ["polls", "prioritized"],
  },
  "a watch that is put off again": {
    before: putOff,
    own: settle("again"),
    theirs: async ({ queues }) => {
      const job = await queues.polls.getJob(key);
      await job?.updateData(polledData);
      await job?.changeDelay(laterMs - Date.now());
    },
    at: ["polls", "delayed"],
  },
  "the end of a watch that was put off": {
    before: putOff,
    own: settle("end"),
    theirs: removeAndAdd,
    at: ["outcomes", "waiting"],
  },
  "the end of a watch that waits for a poll": {
    before: addTheirs(0),
    own: settle("end"),
    theirs: removeAndAdd,
    at: ["outcomes", "waiting"],
  },
  "the end of a watch that comes after others": {
    before: addTheirs(1),
    own: settle("end"),
    theirs: removeAndAdd,
    at: ["outcomes", "waiting"],
  },
  "the end of a watch by its own poll": {
    before: poll,
    own: endPolled,
    theirs: async (scene) => {
      const job = await scene.queues.polls.getJob(key);
      Object.assign(job?.opts ?? {}, { removeOnComplete: true });
      await job?.moveToCompleted(undefined, token, false);
      await addOutcome(scene);
    },
    at: ["outcomes", "waiting"],
  },
  "a delivered outcome": {
    before: async (scene) => {
      await addOutcome(scene);
      await scene.take("outcomes");
    },
    own: async ({ queues }) => endDelivery(queues, { key, token }, 1, nowMs),
    theirs: complete,
    at: ["outcomes", "completed"],
  },
};

/** Only told to dashboards, or different from one moment to the next. */
const untold = new Set(["events", "meta", "id"]);
const ofAMoment = new Set(["delay", "processedOn", "finishedOn"]);

function readOptions(text: string): object {
  // The key of a job is its id, with or without the option; a priority of 0 is none.
  const { jobId: _, priority, ...options } = Object(JSON.parse(text));
  return priority ? { ...options, priority } : options;
}

async function readKey({ connection }: WatchQueues, name: string): Promise<unknown> {
  const type = await connection.type(name);
  if (type === "list") return connection.lrange(name, 0, -1);
  if (type === "zset") {
    // When a job was delivered, and when the next one is due, depends on the moment.
    if (/:(?:completed|marker)$/u.test(name)) return connection.zrange(name, "0", "-1");
    return connection.zrange(name, "0", "-1", "WITHSCORES");
  }
  if (type !== "hash") return [type, type === "string" && (await connection.get(name))];
  const fields = Object.entries(await connection.hgetall(name));
  return Object.fromEntries(
    fields.map(([field, value]) => [
      field,
      ofAMoment.has(field) ? "" : field === "opts" ? readOptions(value) : value,
    ]),
  );
}

/** All that workers of BullMQ find in the two queues. */
async function stored({ queues }: Scene): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const queue of ["polls", "outcomes"] as const) {
    const prefix = queues[queue].toKey("");
    for (const name of await queues.connection.keys(`${prefix}*`)) {
      const own = name.slice(prefix.length);
      if (!untold.has(own)) found[`${queue} ${own}`] = await readKey(queues, name);
    }
  }
  return found;
}

describeRedis("the scripts of this package", () => {
  const stack = new AsyncDisposableStack();
  let url = "";
  beforeAll(async () => {
    // BullMQ looks at the clock once for a delay, and again for the time at which it ends.
    vi.spyOn(Date, "now").mockReturnValue(nowMs);
    ({ url } = stack.use(await startRedis()));
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await stack.disposeAsync();
  });

  let scenes = 0;
  async function scene(...acts: readonly Act[]): Promise<Scene> {
    const connection = stack.adopt(new Redis(url, { maxRetriesPerRequest: null }), (one) =>
      one.disconnect(),
    );
    const prefix = `scene-${++scenes}`;
    const pulse = createPulse(60_000, () => undefined);
    const queues = stack.adopt(openQueues(soundBackend, connection, prefix, pulse), closeQueues);
    const take: Scene["take"] = async (queue) => {
      const settings = { backoffStrategy: () => 0 };
      const worker = stack.adopt(
        new Worker(queue, null, { connection, prefix, autorun: false, settings }),
        async (one) => one.close(true),
      );
      const job = await worker.getNextJob(token, { block: false });
      if (job === undefined) throw new Error(`BullMQ finds no job in ${queue}.`);
      return job;
    };
    const made = { queues, take };
    for (const act of acts) await act(made);
    return made;
  }
  test.for(Object.entries(steps))("leave what BullMQ would: %s", async ([, step]) => {
    const { before = nothing, own, theirs, at } = step;
    const [queue, state] = at;
    const ours = await scene(before, own);
    expect(await stored(ours)).toEqual(await stored(await scene(before, theirs)));

    const jobs = ours.queues[queue];
    expect(await jobs.getJobState(key)).toBe(state);
    expect(await jobs.getJobCounts()).toMatchObject({ [state]: 1 });
    expect(await jobs.remove(key)).toBe(1);
    const left = Object.keys(await stored(ours)).filter((name) => !/(?:marker|pc)$/u.test(name));
    expect(left).toEqual([]);
  });

  test("a job that BullMQ would store otherwise is noticed", async () => {
    const ours = await scene(addOwn(0));
    const { queues } = await scene(addTheirs(0));
    await queues.connection.hset(queues.polls.toKey(key), "of-a-later-version", "1");
    expect(await stored(ours)).not.toEqual(await stored({ ...ours, queues }));
  });

  test("leave alone what a worker has locked, and BullMQ what they have not unlocked", async () => {
    const held = await scene(poll);
    const { queues } = held;
    expect(await settle("end")(held)).toEqual([key]);
    expect(await settle("again")(held)).toEqual([key]);
    const stranger = { key, token: "of-another" };
    expect(await endPolledWatch(queues, stranger, watch, outcome, delivery, nowMs)).toBe(false);
    expect(await queues.polls.remove(key)).toBe(0);
    expect(await queues.polls.getJobState(key)).toBe("active");
    expect(await endPolled(held)).toBe(true);
    expect(await queues.connection.exists(indexKeyOf(queues, workspaceId))).toBe(0);
  });

  test("leave jobs that BullMQ can promote, poll, try again, park and retry", async () => {
    const { queues, take } = await scene(putOff, settle("again"));
    const again = await queues.polls.getJob(key);
    await again?.promote();
    expect((await take("polls")).data).toEqual(polledData);
    await endPolled({ queues, take });

    const first = await take("outcomes");
    expect(first.data).toEqual(outcome);
    await first.moveToFailed(new Error("Not now."), token, false);
    const second = await take("outcomes");
    expect(second.attemptsMade).toBe(1);
    await second.moveToFailed(new UnrecoverableError("Never."), token, false);
    expect(await queues.outcomes.getJobState(key)).toBe("failed");
    await second.retry("failed", { resetAttemptsMade: true });
    expect((await take("outcomes")).attemptsMade).toBe(0);
    expect(await endDelivery(queues, { key, token }, 1, nowMs)).toBe(true);
    expect(await queues.outcomes.clean(-60_000, 10, "completed")).toEqual([key]);
  });
});
