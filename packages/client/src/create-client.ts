/// <reference lib="esnext.disposable" preserve="true" />
import type { SyncLogClientOptions } from "./client-options.ts";
import {
  createMethods,
  type GetSyncLogParams,
  type ListSyncLogsParams,
  type SyncLogMethods,
} from "./generated/methods.ts";
import { isSyncLogApiError } from "./errors/guards.ts";
import { isFromHook } from "./hooks.ts";
import {
  type OpenapiSource,
  openapiSource,
  type OpenapiSourceHolder,
} from "./openapi/openapi-source.ts";
import { encodePathParameter } from "./request-parts.ts";
import { resolveOptions } from "./resolve-options.ts";
import { keyDigest, type KeyHolder, withoutKeys } from "./secrets/redactor.ts";
import { onAbort } from "./transport/on-abort.ts";
import { send } from "./transport/send.ts";
import type { Transport } from "./transport/transport.ts";
import { createWaits } from "./wait/start-wait.ts";
import type { SyncLogUpdate } from "./wait/wait-result.ts";
import { waitForSyncLog } from "./wait/wait-for-sync-log.ts";
import type { WaitOptions, WatchOptions } from "./wait/wait-options.ts";
import type { WaitResult } from "./wait/wait-result.ts";
import { watchSyncLog } from "./wait/watch-sync-log.ts";
import {
  type SyncLogTargets,
  type WaitAllOptions,
  waitForSyncLogs,
} from "./wait/wait-for-sync-logs.ts";
import {
  watchWorkspace,
  type WatchWorkspaceOptions,
  type WorkspaceUpdate,
} from "./wait/watch-workspace.ts";

/** A client of the API: a method for each operation of the OpenAPI document, and waiting. */
export interface SyncLogClient extends SyncLogMethods, KeyHolder, OpenapiSourceHolder {
  /**
   * Follows a sync log: an update at once, one for each change, and the terminal one at last. The
   * first read begins the wait; leaving the loop ends it, and aborts the request under way.
   *
   * All waits for one sync log that ask for it in the same way share one stream of polls, unless a hook
   * `onRequest` or `traceparent` may make another request for each.
   *
   * @throws what {@link SyncLogClient.waitForSyncLog} does, in the loop.
   */
  watchSyncLog(
    parameters: GetSyncLogParams,
    options?: WatchOptions,
  ): AsyncIterableIterator<SyncLogUpdate, undefined>;

  /**
   * Waits until a sync has ended, however it ended: a sync that failed is a result and not an error.
   *
   * It rejects at once with an error that stays, with the last one once polls have failed transiently for `maxFailingMs`, with
   * the reason of `signal`, and with what `onProgress` throws. Every `SyncLogError` has the `lastSyncLog` and the `history`.
   *
   * @throws WaitTimeoutError after `maxWaitMs`; the sync goes on.
   * @throws AuthenticationError for a key that the API does not accept.
   * @throws NotFoundError if there is no such sync log, which a wait takes for one to come for `notFoundGraceMs`.
   * @throws SyncLogError whatever else ends the wait; its `code` says what.
   */
  waitForSyncLog(parameters: GetSyncLogParams, options?: WaitOptions): Promise<WaitResult>;

  /**
   * Waits until all of these syncs have ended, each by the promises of `waitForSyncLog`. Gives how each wait ended, in the order of
   * the targets, as `Promise.allSettled` does: one that fails ends no other.
   *
   * Rejects with the reason of `signal` and with what `onProgress` throws; errors of single waits are in the results.
   *
   * @throws InvalidParameterError for targets that are no list.
   */
  waitForSyncLogs(
    targets: SyncLogTargets,
    options?: WaitAllOptions,
  ): Promise<PromiseSettledResult<WaitResult>[]>;

  /**
   * Follows a workspace by its list: an update for each sync log that there is, each that is new, and each whose status or
   * count changes. It goes on until the loop is left or `signal` aborts; a slow reader is waited for.
   *
   * What the list shows is not confirmed by `getSyncLog`. The loop throws a refusal of the list at once, the last error once
   * lists have failed transiently for `maxFailingMs`, and the reason of `signal`.
   *
   * @throws InvalidParameterError for an `only` or a `since` that can't be used.
   * @throws AuthenticationError for a key that the API does not accept.
   * @throws NotFoundError if there is no such workspace.
   * @throws SyncLogError whatever else ends the loop; its `code` says what.
   */
  watchWorkspace(
    parameters: ListSyncLogsParams,
    options?: WatchWorkspaceOptions,
  ): AsyncIterableIterator<WorkspaceUpdate, undefined>;

  /**
   * Ends all waits of this client, for `await using`: each rejects with an `AbortError`, as with a signal
   * that is aborted, and its request is aborted. A client holds nothing else: single calls go on, and
   * what `fetch` keeps open belongs to whoever made it.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Some browsers do not have the symbol yet. */
const asyncDispose: typeof Symbol.asyncDispose =
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-condition -- see above
  Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as typeof Symbol.asyncDispose);

/**
 * Creates a client.
 *
 * @throws InvalidParameterError when an option can't be used: most often, when there is no API key.
 */
export function createSyncLogClient(options: SyncLogClientOptions = {}): SyncLogClient {
  const transport = resolveOptions(options);
  const { start, others, end } = createWaits(transport);
  return {
    ...createReader(transport),
    [openapiSource]: sourceOf(transport),
    watchSyncLog: (parameters, waitOptions) => watchSyncLog(start, parameters, waitOptions),
    waitForSyncLog: (parameters, waitOptions) =>
      waitForSyncLog(start, transport, parameters, waitOptions),
    waitForSyncLogs: (targets, waitOptions) =>
      waitForSyncLogs(
        (parameters, own) => waitForSyncLog(start, transport, parameters, own),
        targets,
        waitOptions,
      ),
    watchWorkspace: (parameters, watchOptions) =>
      watchWorkspace(transport, others, parameters, watchOptions),
    [asyncDispose]() {
      end(() => new DOMException("The client was disposed of.", "AbortError"));
      return Promise.resolve();
    },
  };
}

/**
 * Creates a client with the methods of the OpenAPI document and nothing else: where every byte
 * counts, it leaves waiting out of a bundle.
 *
 * @throws InvalidParameterError when an option can't be used: most often, when there is no API key.
 */
export function createSyncLogReader(
  options: SyncLogClientOptions = {},
): SyncLogMethods & KeyHolder {
  return createReader(resolveOptions(options));
}

function sourceOf(transport: Transport): OpenapiSource {
  return {
    baseUrl: transport.baseUrl,
    encodePathParameter,
    send: (request, options) =>
      send(transport, request, options).catch((error: unknown) => {
        if (isSyncLogApiError(error) && !isFromHook(error)) return error;
        throw error;
      }),
  };
}

function createReader(transport: Transport): SyncLogMethods & KeyHolder {
  return {
    ...createMethods(transport),
    [withoutKeys]: transport.redactor.cause,
    [keyDigest]: async (digest, signal) => {
      const key = transport.keys.current();
      if (typeof key === "string") return digest(key);
      const stop = onAbort(signal, () => transport.keys.giveUp());
      try {
        return digest(await key);
      } finally {
        stop();
      }
    },
  };
}
