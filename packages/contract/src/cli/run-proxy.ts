import { once } from "node:events";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Report } from "../report/report.ts";
import { startProxy } from "../traffic/start-proxy.ts";
import type { CliIo, CommandLine } from "./command-line.ts";
import {
  connectionOptions,
  judgingOptions,
  readCommandLine,
  readConnectionOptions,
  readJudgingOptions,
} from "./command-line.ts";
import { openReports } from "./write-reports.ts";

/** `proxy UPSTREAM_URL`: runs until it is stopped; the exit code of the report. */
export async function runProxy(argv: readonly string[], io: CliIo): Promise<number> {
  const line = await readCommandLine(argv, io, {
    ...judgingOptions,
    ...connectionOptions,
    port: { type: "string" },
  });
  const report = await openReports(line, io);
  return report(() => judge(line, io));
}

async function judge(line: CommandLine, io: CliIo): Promise<Report> {
  const [upstream, ...others] = line.positionals;
  if (upstream === undefined || others.length > 0)
    throw new CouldNotJudgeError("bad_options", "proxy takes one UPSTREAM_URL.");
  const proxy = await startProxy({
    upstream,
    ...(await readJudgingOptions(line, io)),
    ...(await readConnectionOptions(line)),
    port: line.wholeNumber("port"),
    onJudged: ({ subject, found, problem }, shown) => {
      if (problem !== undefined)
        io.writeOut(`${shown(`not judged  ${subject.contractCase.id}: ${problem}`)}\n`);
      for (const { check, severity, finding } of found) {
        const place = finding.pointer === undefined ? "" : ` at ${finding.pointer}`;
        const text = `${severity}  ${check.id}  ${subject.contractCase.id}${place}: ${check.asserts}`;
        io.writeOut(`${shown(text)}\n`);
      }
    },
  });
  io.writeOut(
    `Passing requests to ${proxy.url} on to ${upstream}. Stop with Ctrl-C for the summary.\n`,
  );
  if (!io.stop.aborted) await once(io.stop, "abort");
  const report = await proxy.close();
  io.writeOut("\n");
  return report;
}
