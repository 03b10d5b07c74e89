import type { VerifyOptions } from "../../src/index.ts";
import type { Behavior, ProviderRequest, Reply, Situation } from "./behavior.ts";
import type { MutantRow } from "./mutant.ts";
import type { SyncLog } from "./world.ts";
import { logs } from "./world.ts";

/** Changes an item of the list, and not the log that is read by its id. */
export function inItem(
  change: (log: SyncLog) => Readonly<Record<string, unknown>>,
  id?: string,
): Behavior {
  return {
    log: (log, { isList }) =>
      isList && (id === undefined || log.id === id) ? { ...log, ...change(log) } : log,
  };
}

/** A log with other times. */
export function eachTime(log: SyncLog, change: (text: string) => string): SyncLog {
  const times = Object.entries(log).flatMap(([name, value]) =>
    typeof value === "string" && /(?:At|Date)$/.test(name) ? [[name, change(value)]] : [],
  );
  return { ...log, ...Object.fromEntries(times) };
}

/** Changes which logs the owner is shown in the list. */
export function ofLogs(change: (plain: readonly SyncLog[]) => readonly SyncLog[]): Behavior {
  return { list: (_situation, plain) => plain && change(plain) };
}

/** Changes the response in which the list is. */
export function onList(change: (reply: Reply, situation: Situation) => Partial<Reply>): Behavior {
  return {
    reply: (reply, situation) =>
      situation.isList && reply.status === 200 ? { ...reply, ...change(reply, situation) } : reply,
  };
}

/** A list in the body as something else. */
export function asBody(change: (items: readonly unknown[]) => unknown): Behavior {
  return onList(({ body }) => ({ body: change(Array.isArray(body) ? body : []) }));
}

/** Answers requests for lists in another way. */
export function onRequest(answer: (request: ProviderRequest) => Reply | undefined): Behavior {
  return { route: (request) => (isListPath(request) ? answer(request) : undefined) };
}

/** The logs of whatever workspace, whoever asks. */
export function listOf(workspaceId: string): readonly SyncLog[] {
  return logs.filter((log) => log.workspaceId === workspaceId);
}

/** Whether a list is asked for. */
export const isListPath = ({ path }: ProviderRequest): boolean => path.endsWith("/sync-logs");

const both: Partial<VerifyOptions> = { operationIds: undefined };
/** The families of cases that show a bug of the list, beside reads. */
export const shows = (...shownBy: readonly string[]): NonNullable<MutantRow[4]> => ({
  ...both,
  shownBy: ["read", ...shownBy],
});
