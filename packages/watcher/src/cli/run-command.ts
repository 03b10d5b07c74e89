import { UsageError } from "@qontext/sync-log-command-line";
import type { WatchEngine } from "../engine.ts";
import { checkWatch } from "../watch/check-watch.ts";
import { checkTarget } from "../watch/watch-target.ts";
import type { WatchOptions } from "../watcher-options.ts";
import type { CliOutput } from "./cli-output.ts";
import type { Command } from "./parse-command.ts";
import { runWork, type UntilStopped } from "./run-work.ts";

type EngineCommand = Exclude<Command, { name: "help" | "version" }>;

function parseMetadata(text: string): WatchOptions["metadata"] {
  try {
    const metadata: WatchOptions["metadata"] = JSON.parse(text);
    return metadata;
  } catch (cause) {
    throw new UsageError("--metadata must be JSON.", { cause });
  }
}

async function add(
  command: Extract<EngineCommand, { name: "add" }>,
  engine: WatchEngine,
): Promise<unknown> {
  const { target, maxWaitMs, metadata: text } = command;
  const metadata = text === undefined ? undefined : parseMetadata(text);
  return { ...target, added: await engine.add(checkWatch(target, { maxWaitMs, metadata })) };
}

/** Runs a command on an engine; resolves to the exit code. */
export async function runCommand(
  command: EngineCommand,
  engine: WatchEngine,
  output: CliOutput,
  untilStopped: UntilStopped,
): Promise<number> {
  let isDone = true;
  if (command.name === "work") {
    await runWork(command, engine, output, untilStopped);
  } else if (command.name === "add") {
    await output.line(await add(command, engine));
  } else if (command.name === "status") {
    const status = await engine.status(checkTarget(command.target));
    isDone = status !== null;
    await output.line(status ?? { ...command.target, stage: null });
  } else if (command.name === "cancel") {
    isDone = await engine.cancel(checkTarget(command.target));
    await output.line({ ...command.target, cancelled: isDone });
  } else if (command.name === "list") {
    for await (const status of engine.list(command.stage)) await output.line(status);
  } else if (command.name === "redrive") {
    const target = command.target === undefined ? undefined : checkTarget(command.target);
    const redriven = await engine.redrive(target);
    isDone = target === undefined || redriven > 0;
    await output.line({ redriven });
  } else {
    await output.line({ resumed: await engine.resume() });
  }
  return isDone ? 0 : 1;
}
