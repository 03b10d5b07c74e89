import type { ServerContext } from "@modelcontextprotocol/server";
import { isWaitTimeoutError } from "@qontext/sync-log-client";
import type {
  GetSyncLogParams,
  SyncLogClient,
  SyncLogUpdate,
  WaitTimeoutError,
} from "@qontext/sync-log-client";
import type { Redactor } from "@qontext/sync-log-redact";
import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { OperationId } from "@qontext/sync-log-schema";
import type { OperationTool } from "@qontext/sync-log-schema/tools";
import { progressTextLine } from "../display/progress-lines.ts";
import { fitStart } from "../text/terminal-text.ts";
import type { Tool, ToolFunction } from "./tool.ts";

interface WaitInput extends GetSyncLogParams {
  readonly maxWaitSeconds?: number;
}

/** Hosts give up a call after a minute, unless they are told otherwise, and then the agent gets no answer at all. */
const defaultMaxWaitSeconds = 45;

/** The status in the result when the maximum wait ends before the sync. */
const stillRunning = "still_running";
const callAgain = "The sync is still running. Call wait_for_sync_log again to go on waiting.";

/** The operation whose log {@link waitFunction} waits for. */
export const waitedOperation: OperationId = "getSyncLog";

/** The tool that waits, made from the one that reads: with its parameters, and with the log it reads in the result. */
export function waitTool(read: OperationTool): Tool {
  const endings = Object.entries(syncLogLifecycle.terminal);
  const { inputSchema } = read;
  const { $defs, type: _, ...described } = read.outputSchema ?? { type: "object" };
  const properties = {
    ...inputSchema.properties,
    maxWaitSeconds: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 86_400,
      default: defaultMaxWaitSeconds,
      description: `How long to wait, in seconds; ${defaultMaxWaitSeconds} by default, as many hosts end a call after 60. After that the status is ${stillRunning}: call again.`,
    },
  };
  return {
    name: "wait_for_sync_log",
    title: "Wait until a sync log has ended",
    description: `Waits until the sync has ended, as ${endings.map(([status, outcome]) => `${status} (${outcome})`).join(", ")}, and returns its sync log. A sync may take hours: as long as the status is ${stillRunning}, call again. Sends progress notifications, and stops when the call is cancelled.`,
    inputSchema: { ...inputSchema, properties },
    // As of the tool that reads: describes a result and refuses none.
    outputSchema: {
      type: "object",
      properties: {
        status: {
          description: "How the sync ended, or that it has not.",
          examples: [...endings.map(([status]) => status), stillRunning],
        },
        elapsedSeconds: { description: "How long this call has waited.", examples: [12.5] },
        next: { description: "What to do next; absent when the sync has ended." },
        syncLog: { description: "As last seen.", ...described },
      },
      ...($defs === undefined ? {} : { $defs }),
    },
    isReadOnly: true,
  };
}

/** Of a message that tells of progress. */
const maxMessageWidth = 500;
/** The least by which one notification's progress exceeds the one before. */
const minStep = 0.01;

/** Reports the progress of a sync to the caller of a tool, if it asked for that; progress never falls, as the protocol requires. */
function createProgressNotifier(
  { mcpReq }: Pick<ServerContext, "mcpReq">,
  id: string,
  redactor: Redactor,
): (update: SyncLogUpdate) => Promise<void> {
  // oxlint-disable-next-line no-underscore-dangle -- the protocol's name
  const progressToken = mcpReq._meta?.progressToken;
  let last = -minStep;
  return async (update) => {
    if (progressToken === undefined) return;
    const progress = Math.max(update.percent ?? 0, last + minStep);
    last = progress;
    const syncLog = redactor.value(update.syncLog);
    const line = progressTextLine(id, { ...update, syncLog });
    const message = fitStart(redactor.text(line), maxMessageWidth);
    await mcpReq.notify({
      method: "notifications/progress",
      params: { progressToken, progress, total: Math.max(100, progress), message },
    });
  };
}

/** Within one wait, so that an agent learns that the service does not respond, and not that a sync still runs. */
const maxFailingMs = 30_000;

/** Nothing is known of the sync, so that an agent must not be told that it runs. */
class NotReadError extends Error {
  override readonly name = "NotReadError";

  constructor(waitedSeconds: number, { cause }: WaitTimeoutError) {
    const why = cause instanceof Error ? cause.message : "The service has not answered.";
    super(`The sync log has not been read in ${waitedSeconds} s. ${why}`, { cause });
  }
}

/** Waits for a sync log, and returns its result as the output schema of {@link waitTool} says. */
export function waitFunction(client: SyncLogClient, redactor: Redactor): ToolFunction<WaitInput> {
  return async ({ maxWaitSeconds = defaultMaxWaitSeconds, ...target }, context) => {
    const notify = createProgressNotifier(context, target.id, redactor);
    let notified = Promise.resolve();
    try {
      const { status, syncLog, elapsedMs } = await client.waitForSyncLog(target, {
        signal: context.mcpReq.signal,
        maxWaitMs: maxWaitSeconds * 1000,
        maxFailingMs,
        onProgress: (update) => (notified = notify(update)),
      });
      await notified;
      return { status, elapsedSeconds: elapsedMs / 1000, syncLog };
    } catch (error) {
      if (!isWaitTimeoutError(error)) throw error;
      // A timeout is a result and not a failure: the agent may do something else and come back.
      const { lastSyncLog: syncLog } = error;
      if (syncLog === null) throw new NotReadError(maxWaitSeconds, error);
      return { status: stillRunning, elapsedSeconds: maxWaitSeconds, next: callAgain, syncLog };
    }
  };
}
