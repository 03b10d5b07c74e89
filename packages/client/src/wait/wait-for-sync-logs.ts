import type { GetSyncLogParams } from "../generated/methods.ts";
import { refuseNamed } from "../refuse.ts";
import { onAbort } from "../transport/on-abort.ts";
import type { WaitOptions } from "./wait-options.ts";
import type { SyncLogUpdate, WaitResult } from "./wait-result.ts";

/** The sync logs to wait for: each with its workspace, or those of one workspace by their ids. */
export type SyncLogTargets =
  | readonly GetSyncLogParams[]
  | { readonly workspaceId: string; readonly ids: readonly string[] };

/** How far several waits are. */
export interface SyncLogsProgress {
  /** How many sync logs are waited for. */
  readonly total: number;
  /** How many syncs have ended, however they did. */
  readonly ended: number;
  /** How many waits have ended without their sync, each with an error. */
  readonly failed: number;
  /** The mean of all, from 0 to 100; a sync of which nothing is known counts as 0, and one that has ended as 100. */
  readonly percent: number;
  /** The latest of each, in the order of the targets; null where nothing was seen. It is one array, which goes on changing. */
  readonly updates: readonly (SyncLogUpdate | null)[];
}

/** Options of `waitForSyncLogs`: those of each wait, and one progress. */
export interface WaitAllOptions extends Omit<WaitOptions, "onProgress"> {
  /**
   * Called when something has changed, not before a promise that it gave is settled, and once all have ended. What it throws,
   * or rejects with, ends all waits with just that.
   */
  readonly onProgress?: ((progress: SyncLogsProgress) => unknown) | undefined;
}

type WaitForOne = (parameters: GetSyncLogParams, options: WaitOptions) => Promise<WaitResult>;

/** Waits for all of them: each to its own end. */
export async function waitForSyncLogs(
  waitForOne: WaitForOne,
  targets: SyncLogTargets,
  { onProgress, signal, ...options }: WaitAllOptions = {},
): Promise<PromiseSettledResult<WaitResult>[]> {
  signal?.throwIfAborted();
  const parameters = parametersOf(targets);
  const controller = new AbortController();
  const updates: (SyncLogUpdate | null)[] = parameters.map(() => null);
  const counts = { ended: 0, failed: 0 };
  let percentOfAll = 0;
  let isUntold = false;
  let telling: Promise<void> | undefined;

  let reject: ((reason: unknown) => void) | undefined;
  const left = new Promise<never>((_resolve, rejectLeft) => {
    reject = rejectLeft;
  });
  const leave = (reason: unknown): void => {
    reject?.(reason);
    controller.abort(reason);
  };
  const tellAll = async (): Promise<void> => {
    while (isUntold && !controller.signal.aborted) {
      isUntold = false;
      const total = parameters.length;
      await onProgress?.({ total, ...counts, percent: percentOfAll / total, updates });
    }
    telling = undefined;
  };
  const tell = (): void => {
    isUntold = true;
    telling ??= tellAll().catch((error: unknown) => leave(error));
  };
  const stopListening = signal && onAbort(signal, () => leave(signal.reason));
  const waits = parameters.map(async (target, index) => {
    const tellOne = (update: SyncLogUpdate): void => {
      percentOfAll += percentOf(update) - percentOf(updates[index] ?? null);
      updates[index] = update;
      if (update.isTerminal) counts.ended += 1;
      tell();
    };
    try {
      const own = { ...options, signal: controller.signal };
      return await waitForOne(target, onProgress ? { ...own, onProgress: tellOne } : own);
    } catch (error) {
      counts.failed += 1;
      if (onProgress !== undefined) tell();
      throw error;
    }
  });
  const all = Promise.allSettled(waits).then(async (settled) => {
    await telling;
    return settled;
  });
  try {
    return await Promise.race([all, left]);
  } finally {
    stopListening?.();
  }
}

function percentOf(update: SyncLogUpdate | null): number {
  return update?.isTerminal === true ? 100 : (update?.percent ?? 0);
}

function parametersOf(targets: SyncLogTargets): readonly GetSyncLogParams[] {
  // A hole is a target like any other that is none.
  if (Array.isArray(targets)) return Array.from<GetSyncLogParams>(targets);
  const { workspaceId, ids } = "ids" in Object(targets) ? Object(targets) : {};
  if (!Array.isArray(ids)) refuseNamed("targets", "has to be an array, or `{ workspaceId, ids }`");
  return Array.from(ids, (id: string) => ({ workspaceId, id }));
}
