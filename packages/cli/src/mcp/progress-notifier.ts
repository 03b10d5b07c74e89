import type { ServerContext } from "@modelcontextprotocol/server";
import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { Redactor } from "@qontext/sync-log-redact";
import { progressTextLine } from "../display/progress-text.ts";

/** The least by which one notification's progress exceeds the one before. */
const minStep = 0.01;

/** Reports the progress of a sync to the caller of a tool, if it asked for that; progress never falls, as the protocol requires. */
export function createProgressNotifier(
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
    const message = redactor.text(progressTextLine(id, update));
    await mcpReq.notify({
      method: "notifications/progress",
      params: { progressToken, progress, total: Math.max(100, progress), message },
    });
  };
}
