import type { Behavior, Reply, Situation } from "./behavior.ts";
import type { SyncLog } from "./world.ts";
import { ids } from "./world.ts";

/** A provider with one bug. */
export interface Mutant {
  readonly id: string;
  /** What it does, as a phrase. */
  readonly does: string;
  /** The check that is expected to catch it. */
  readonly caughtBy: string;
  readonly behavior: Behavior;
}

/** A row of a table of mutants. */
export type MutantRow = readonly [id: string, does: string, caughtBy: string, behavior: Behavior];

/** The mutants of a table. */
export function mutantsOf(rows: readonly MutantRow[]): readonly Mutant[] {
  return rows.map(([id, does, caughtBy, behavior]) => ({ id, does, caughtBy, behavior }));
}

/** Changes fields of the completed log; `undefined` takes one away. */
export function fields(change: Readonly<Record<string, unknown>>): Behavior {
  return changeLog(ids.completed, change);
}

/** Changes fields of one log. */
export function changeLog(id: string, change: Readonly<Record<string, unknown>>): Behavior {
  return { log: (log) => (log.id === id ? { ...log, ...change } : log) };
}

/** Changes every success. */
export function success(change: (reply: Reply, situation: Situation) => Partial<Reply>): Behavior {
  return {
    reply: (reply, situation) =>
      reply.status === 200 ? { ...reply, ...change(reply, situation) } : reply,
  };
}

/** Changes every answer with a status. */
export function onStatus(
  status: number,
  change: (reply: Reply, situation: Situation) => Partial<Reply>,
): Behavior {
  return {
    reply: (reply, situation) =>
      reply.status === status ? { ...reply, ...change(reply, situation) } : reply,
  };
}

/** Adds headers to every success. */
export function successHeaders(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Behavior {
  return success((reply) => ({ headers: { ...reply.headers, ...headers } }));
}

/** A body whose JSON text is written by hand. */
export function successText(change: (text: string) => string): Behavior {
  return success((reply) => ({ body: change(JSON.stringify(reply.body)) }));
}

/** A log with other contents and the same identity. */
export function asLog(log: SyncLog, change: Readonly<Record<string, unknown>>): SyncLog {
  return { ...log, ...change };
}
