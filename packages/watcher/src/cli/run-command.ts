import type { WatchEngine } from "../engine.ts";
import { addLines, addOne } from "./add-watches.ts";
import { checkTarget } from "../watch/watch-target.ts";
import type { CliOutput } from "./cli-output.ts";
import type { EngineCommand } from "./parse-command.ts";

/** Runs a command on an engine; resolves to the exit code. */
export async function runCommand(
  command: EngineCommand,
  engine: WatchEngine,
  output: CliOutput,
  untilStopped: () => Promise<void>,
): Promise<number> {
  let isDone = true;
  if (command.name === "work") {
    const { runWork } = await import("./run-work.ts");
    await runWork(command, engine, output, untilStopped);
  } else if (command.name === "add") {
    isDone =
      command.target === undefined
        ? await addLines(process.stdin, engine, output, command)
        : await addOne(command.target, engine, output, command);
  } else if (command.name === "status") {
    const status = await engine.status(checkTarget(command.target));
    isDone = status !== null;
    await output.line(status ?? { ...command.target, stage: null });
  } else if (command.name === "cancel") {
    const { target } = command;
    const isKey = typeof target === "string";
    isDone = await engine.cancel(isKey ? target : checkTarget(target));
    await output.line({ ...(isKey ? { key: target } : target), cancelled: isDone });
  } else if (command.name === "list") {
    const { stage, workspaceId, limit = Infinity } = command;
    let listed = 0;
    for await (const status of engine.list(stage)) {
      if (listed >= limit) break;
      if (workspaceId !== undefined && status.workspaceId !== workspaceId) continue;
      listed += 1;
      await output.line(status);
    }
  } else if (command.name === "redrive") {
    const { target } = command;
    const redriven = await engine.redrive(target && checkTarget(target));
    isDone = target === undefined || redriven > 0;
    await output.line({ redriven });
  } else {
    await output.line({ resumed: await engine.resume() });
  }
  return isDone ? 0 : 1;
}
