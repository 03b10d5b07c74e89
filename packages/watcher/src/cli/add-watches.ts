import { createInterface } from "node:readline";
import type { WatchEngine } from "../engine.ts";
import { messageOf, WatchRequestError } from "../errors.ts";
import { checkWatch, type WatchOptions } from "../watch/new-watch.ts";
import type { WatchTarget } from "../watch/watch-target.ts";
import type { CliOutput } from "./cli-output.ts";

/** Watches one sync log, and says whether it is new; false if it is there, but neither polled nor delivered any more. */
export async function addOne(
  target: WatchTarget,
  engine: WatchEngine,
  output: CliOutput,
  options: WatchOptions,
): Promise<boolean> {
  const { workspaceId, id } = target;
  const added = await engine.add(checkWatch(target, options));
  const status = added ? null : await engine.status(target);
  const { unreadable = null, stage, deliveryError } = status ?? {};
  const isParked = stage === "parked";
  const reason = unreadable?.reason ?? (isParked ? deliveryError : null) ?? undefined;
  await output.line({ workspaceId, id, added, ...(isParked && { stage }), reason });
  if (!isParked) return true;
  const next = unreadable === null ? "redrive" : `cancel ${unreadable.key}`;
  output.complain(
    `${workspaceId} ${id} is parked and waits for nothing: run sync-log-watcher ${next}.\n`,
  );
  return false;
}

/** A line of `ws_… sync_…`, or of JSON; its own options come first. */
function parseLine(line: string, options: WatchOptions): readonly [WatchTarget, WatchOptions] {
  if (!line.startsWith("{")) {
    const [workspaceId = "", id = "", ...more] = line.split(/\s+/u);
    if (more.length > 0)
      throw new WatchRequestError("A line has a workspace id and a sync log id.");
    return [{ workspaceId, id }, options];
  }
  const {
    workspaceId,
    id,
    maxWaitMs = options.maxWaitMs,
    metadata = options.metadata,
    ...more
  } = Object(JSON.parse(line));
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) {
    throw new WatchRequestError(
      `A line has no ${JSON.stringify(unknown)}: it has workspaceId, id, maxWaitMs and metadata.`,
    );
  }
  return [
    { workspaceId, id },
    { maxWaitMs, metadata },
  ];
}

const addedAtATime = 50;

/** Watches the sync log of each line; false if there is none, or one of them could not be added, which ends nothing. */
export async function addLines(
  input: NodeJS.ReadableStream,
  engine: WatchEngine,
  output: CliOutput,
  options: WatchOptions,
): Promise<boolean> {
  let number = 0;
  let isAny = false;
  let areAllAdded = true;
  const running = new Set<Promise<void>>();
  const add = async (line: string, at: number): Promise<void> => {
    try {
      const [target, own] = parseLine(line, options);
      if (!(await addOne(target, engine, output, own))) areAllAdded = false;
    } catch (error) {
      areAllAdded = false;
      output.complain(`Line ${at}: ${messageOf(error)}\n`);
    }
  };
  for await (const line of createInterface({ input })) {
    number += 1;
    if (line.trim() === "") continue;
    isAny = true;
    const adding = add(line.trim(), number).finally(() => running.delete(adding));
    running.add(adding);
    if (running.size >= addedAtATime) await Promise.race(running);
  }
  await Promise.all(running);
  if (!isAny) output.complain("Nothing to watch: there is no line on standard input.\n");
  return isAny && areAllAdded;
}
