import type { WaitResult } from "@qontext/sync-log-client";
import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { OperationTool } from "@qontext/sync-log-schema/tools";

/** A tool of the server, which need not be that of one operation. */
export type Tool = Omit<OperationTool, "operationId">;

/** How long `wait_for_sync_log` waits by default, in seconds. */
export const defaultMaxWaitSeconds = 300;

/** The result of `wait_for_sync_log`. */
export interface WaitAnswer {
  /** The terminal status, or `still_running` when the maximum wait was over first. */
  readonly status: WaitResult["status"] | "still_running";
  readonly elapsedSeconds: number;
  readonly syncLog: object | null;
}

/** The tool that waits, made from the one that reads: with its parameters, and with the log it reads in the result. */
export function waitTool(read: OperationTool): Tool {
  const endings = Object.entries(syncLogLifecycle.terminal);
  const { inputSchema } = read;
  const { $defs, ...log } = read.outputSchema ?? { type: "object" };
  const properties = {
    ...inputSchema.properties,
    maxWaitSeconds: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 86_400,
      default: defaultMaxWaitSeconds,
      description: `How long to wait, in seconds; ${defaultMaxWaitSeconds} by default. After that the status is still_running.`,
    },
  };
  return {
    name: "wait_for_sync_log",
    title: "Wait until a sync log has ended",
    description: `Waits until the sync has ended, as ${endings.map(([status, outcome]) => `${status} (${outcome})`).join(", ")}, and returns its sync log. Sends progress notifications, and stops when the call is cancelled.`,
    inputSchema: { ...inputSchema, properties },
    outputSchema: {
      type: "object",
      required: ["status", "elapsedSeconds", "syncLog"],
      properties: {
        status: { type: "string", enum: [...endings.map(([status]) => status), "still_running"] },
        elapsedSeconds: { type: "number", minimum: 0 },
        syncLog: { anyOf: [log, { type: "null" }] },
      },
      ...($defs === undefined ? {} : { $defs }),
    },
    isReadOnly: true,
  };
}
