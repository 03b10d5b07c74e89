import { readFile } from "node:fs/promises";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { judgeHar } from "../traffic/judge-har.ts";
import type { CliIo } from "./command-line.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./command-line.ts";
import { readReportTargets } from "./write-reports.ts";

/** `har FILE…`: the exit code of the report. */
export async function runHar(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, judgingOptions);
  const showReport = readReportTargets(line, io);
  if (line.positionals.length === 0)
    throw new CouldNotJudgeError("bad_options", "har takes one or more HAR files.");
  const files = await Promise.all(
    line.positionals.map(async (name) => ({ name, text: await read(name) })),
  );
  return showReport(await judgeHar(files, await readJudgingOptions(line, io)));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotJudgeError("bad_har", `${file} cannot be read: ${reason}`, { cause: error });
  }
}
