import path from "node:path";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Report } from "../report/report.ts";
import { judgeHar } from "../traffic/judge-har.ts";
import type { CliIo, CommandLine } from "./command-line.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./command-line.ts";
import { readTextFile } from "./read-config.ts";
import { openReports } from "./write-reports.ts";

/** `har FILE…`: the exit code of the report. */
export async function runHar(argv: readonly string[], io: CliIo): Promise<number> {
  const line = await readCommandLine(argv, io, {
    ...judgingOptions,
    "base-url": { type: "string", multiple: true },
  });
  const report = await openReports(line, io);
  return report(() => judge(line, io));
}

async function judge(line: CommandLine, io: CliIo): Promise<Report> {
  if (line.positionals.length === 0)
    throw new CouldNotJudgeError("bad_options", "har takes one or more HAR files.");
  const files = await Promise.all(
    line.positionals.map(async (name) => ({
      name,
      folder: path.dirname(name),
      text: await readTextFile(name, "bad_har"),
    })),
  );
  const baseUrls = line.ids("base-url");
  return judgeHar(files, { ...(await readJudgingOptions(line, io)), baseUrls });
}
