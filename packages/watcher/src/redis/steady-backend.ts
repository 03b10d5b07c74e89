import { setTimeout as sleep } from "node:timers/promises";
import type { BackendFactory, RedisQueueBackend } from "bullmq";
import { backoffDelayMs } from "@qontext/sync-log-client/wait";
import { maxBlockS } from "./connect.ts";
import type { Pulse } from "./pulse.ts";

const policy = { baseDelayMs: 500, maxDelayMs: 2000 };

/** Waits after a failure, the longer the more there were before; ends early, and quietly, once aborted. */
export async function backOff(failuresBefore: number, signal: AbortSignal): Promise<void> {
  const shareOfDelay = 0.5 + Math.random() / 2;
  const delayMs = shareOfDelay * backoffDelayMs(failuresBefore, policy, 1);
  await sleep(delayMs, undefined, { signal }).catch(() => undefined);
}

/** While fetches are held back, it looks this often or oftener whether they still are, in milliseconds. */
const holdStepMs = 1000;

/**
 * A backend that tells the pulse what became of each script, and that waits after a failed fetch:
 * BullMQ's worker asks again at once. While `isHeld`, it fetches nothing.
 */
export function steadyBackend(
  create: BackendFactory<RedisQueueBackend>,
  pulse: Pulse,
  closing: AbortSignal,
  isHeld: () => boolean = () => false,
): BackendFactory<RedisQueueBackend> {
  return (name, options, extra) => {
    const backend = create(name, options, extra);
    const execCommand = backend.execCommand.bind(backend);
    backend.execCommand = async (client, script, args): Promise<unknown> => {
      const kind = script === "moveToActive" ? "fetch" : "write";
      try {
        const reply: unknown = await execCommand(client, script, args);
        pulse.succeeded(kind);
        return reply;
      } catch (error) {
        pulse.failed(error, kind);
        throw error;
      }
    };

    let failures = 0;
    const paced = async <Value>(fetch: () => Promise<Value>, none: Value): Promise<Value> => {
      if (isHeld()) {
        await sleep(holdStepMs * (0.5 + Math.random() / 2), undefined, { signal: closing }).catch(
          () => undefined,
        );
        return none;
      }
      try {
        const value = await fetch();
        failures = 0;
        return value;
      } catch (error) {
        await backOff(failures++, closing);
        throw error;
      }
    };
    const moveToActive = backend.moveToActive.bind(backend);
    backend.moveToActive = (token, worker) => paced(() => moveToActive(token, worker), []);
    const waitForJob = backend.waitForJob.bind(backend);
    backend.waitForJob = async (blockS) =>
      // After a failure it does not wait to be woken: the next request for work tells whether Redis is well.
      failures > 0 ? null : paced(() => waitForJob(Math.min(blockS, maxBlockS)), null);
    return backend;
  };
}
