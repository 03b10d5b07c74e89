import type { WaitResult } from "@qontext/sync-log-client";
import type { OperationTool } from "@qontext/sync-log-schema/tools";

/** A tool of the server, which need not be that of one operation. */
export type Tool = Omit<OperationTool, "operationId">;

/** How long `wait_for_sync_log` waits unless it is told, in seconds. */
export const defaultMaxWaitSeconds = 300;

/** What `wait_for_sync_log` answers with. */
export interface WaitAnswer {
  /** The terminal status, or `still_running` when the maximum wait was over first. */
  readonly status: WaitResult["status"] | "still_running";
  readonly elapsedSeconds: number;
  readonly syncLog: object | null;
}

/** The tool that waits, made of the one that reads: same parameters, and the log it reads in its answer. */
export function waitTool(read: OperationTool, statuses: readonly string[]): Tool {
  const { inputSchema } = read;
  const { $defs, ...log } = read.outputSchema ?? { type: "object" };
  const properties = {
    ...inputSchema.properties,
    maxWaitSeconds: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 86_400,
      default: defaultMaxWaitSeconds,
      description: `How long to wait, in seconds; ${defaultMaxWaitSeconds} unless given. Then the answer is still_running.`,
    },
  };
  return {
    name: "wait_for_sync_log",
    title: "Wait until a sync log has ended",
    description: `Waits until the sync has ended, as ${statuses.join(", ")}, and returns its sync log. Sends progress notifications, and stops when the call is cancelled. Only "failed" is a failure; "skipped" means that there was nothing to do.`,
    inputSchema: { ...inputSchema, properties },
    outputSchema: {
      type: "object",
      required: ["status", "elapsedSeconds", "syncLog"],
      properties: {
        status: { type: "string", enum: [...statuses, "still_running"] },
        elapsedSeconds: { type: "number", minimum: 0 },
        syncLog: { anyOf: [log, { type: "null" }] },
      },
      ...($defs === undefined ? {} : { $defs }),
    },
    isReadOnly: true,
  };
}
