import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { defaultReadLimits, type KnownReads } from "@qontext/sync-log-client/wait";
import type { StoredWatch } from "../watch/stored-watch.ts";
import type { WorkerSetup } from "./job-worker.ts";
import { createLeases } from "./leases.ts";
import { WorkspaceLead } from "./workspace-lead.ts";

/** The lists that this process reads for the watches of workspaces, and what it knows of those of others. */
export interface SharedReads {
  /** Whether a due poll is left to the process that reads the lists of its workspace. */
  isLed(watch: StoredWatch): Promise<boolean>;
  /** Lets other processes lead, once what is under way has ended. */
  close(): Promise<void>;
}

/** How often leases are renewed, and workspaces without a leader looked for, in milliseconds. */
const renewEveryMs = 750;

/** What is known of the leader of a workspace is looked up again after this, in milliseconds. */
const ledForMs = 2000;
const notLedForMs = 1000;
/** More watches may be on their way. */
const fewForMs = 200;

/** A process whose key was refused leads the workspace no sooner than after this, in milliseconds. */
const refusedForMs = 30_000;

/** A poll that was left to a leader for so long, in milliseconds, or has so long to its deadline, is made by itself. */
const patienceMs = 5000;

const maxRemembered = 10_000;

export function createSharedReads(setup: WorkerSetup): SharedReads {
  const { work, clock, queues, pulse } = setup;
  const leases = createLeases(queues, randomUUID(), clock.nowMs, defaultReadLimits.minReads);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const leads = new Map<string, { readonly done: Promise<void>; readonly lose: () => void }>();
  const remembered = new Map<string, { readonly isLed: boolean; readonly untilMs: number }>();
  const lastPolled = new Map<string, string>();

  const remember = (
    workspaceId: string,
    isLed: boolean,
    forMs = isLed ? ledForMs : notLedForMs,
  ): boolean => {
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(workspaceId, { isLed, untilMs: clock.nowMs() + forMs });
    return isLed;
  };

  /** Whether the watch before, of those of its workspace that came up here, was another: a single one costs no look-up. */
  const hasCompany = (workspaceId: string, id: string): boolean => {
    const last = lastPolled.get(workspaceId) ?? id;
    if (lastPolled.size >= maxRemembered) lastPolled.clear();
    lastPolled.set(workspaceId, id);
    return last !== id;
  };

  const mayLead = (workspaceId: string): boolean =>
    !stop.signal.aborted && !leads.has(workspaceId) && work.mayList(workspaceId);

  const lead = (workspaceId: string, known: KnownReads): void => {
    const lost = new AbortController();
    const signal = AbortSignal.any([stop.signal, lost.signal]);
    setMaxListeners(0, signal);
    const run = async (): Promise<void> => {
      let pauseMs: number | undefined;
      try {
        const led = new WorkspaceLead(setup, { workspaceId, token: leases.token }, known, signal);
        const end = await led.run();
        if (end === "lost") return;
        if (end === "refused") pauseMs = refusedForMs;
        const atMs = typeof end === "object" ? end.untilMs : 0;
        await leases.release(workspaceId, atMs, led.known);
      } catch (error) {
        pulse.failed(error);
      } finally {
        leads.delete(workspaceId);
        remember(workspaceId, false, pauseMs);
      }
    };
    leads.set(workspaceId, { done: run(), lose: () => lost.abort() });
  };

  const claim = async (workspaceId: string, isOrphan = false): Promise<boolean> => {
    const claimed = await leases.claim(workspaceId, isOrphan);
    if (claimed.kind === "mine" && mayLead(workspaceId)) lead(workspaceId, claimed.known);
    const isLed = claimed.kind === "mine" || claimed.kind === "led";
    return remember(workspaceId, isLed, claimed.kind === "few" ? fewForMs : undefined);
  };

  const tend = async (): Promise<void> => {
    for (const workspaceId of await leases.renew([...leads.keys()])) leads.get(workspaceId)?.lose();
    for (const workspaceId of await leases.orphans()) {
      const { isLed = true, untilMs = 0 } = remembered.get(workspaceId) ?? {};
      // A process that has just left a workspace lets others try.
      const hasLeft = !isLed && untilMs > clock.nowMs();
      if (!hasLeft && mayLead(workspaceId)) await claim(workspaceId, true);
    }
  };
  let tending: Promise<void> | undefined;
  const timer = setInterval(() => {
    tending ??= tend()
      .catch((error: unknown) => pulse.failed(error))
      .finally(() => {
        tending = undefined;
      });
  }, renewEveryMs);
  timer.unref();

  return {
    isLed: async ({ workspaceId, id, deadlineAtMs, aloneUntilMs = 0, leftSinceMs = Infinity }) => {
      const nowMs = clock.nowMs();
      const isSingle = !hasCompany(workspaceId, id) && leftSinceMs === Infinity;
      const isLate = nowMs > leftSinceMs + patienceMs || nowMs > deadlineAtMs - patienceMs;
      if (isLate || aloneUntilMs > nowMs) return false;
      if (leads.has(workspaceId)) return true;
      const known = remembered.get(workspaceId);
      if (known !== undefined && known.untilMs > nowMs) return known.isLed;
      if (isSingle || !mayLead(workspaceId)) return false;
      return claim(workspaceId).catch(() => false);
    },
    close: async () => {
      clearInterval(timer);
      stop.abort();
      await Promise.allSettled(Array.from(leads.values(), ({ done }) => done));
    },
  };
}
