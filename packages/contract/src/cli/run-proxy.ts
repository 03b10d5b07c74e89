import { once } from "node:events";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { terminalReport } from "../report/terminal-report.ts";
import { startProxy } from "../traffic/start-proxy.ts";
import type { CliIo } from "./cli-io.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./read-options.ts";
import { readReportTargets, writeReports } from "./write-reports.ts";

/** `proxy UPSTREAM_URL`: runs until it is stopped; the exit code of the report. */
export async function runProxy(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, {
    ...judgingOptions,
    port: { type: "string" },
    timeout: { type: "string" },
  });
  const targets = readReportTargets(line.list("report"));
  const [upstream, ...others] = line.positionals;
  if (upstream === undefined || others.length > 0)
    throw new CouldNotJudgeError("bad_options", "proxy takes one UPSTREAM_URL.");
  const key = line.text("api-key") ?? io.env["QONTEXT_API_KEY"];
  const [port, timeoutMs] = [line.wholeNumber("port"), line.durationMs("timeout", 1)];
  const proxy = await startProxy({
    upstream,
    ...(await readJudgingOptions(line)),
    ...(key === undefined ? {} : { apiKey: key }),
    ...(port === undefined ? {} : { port }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    onJudged: ({ subject, found }) => {
      for (const { check, severity, finding } of found) {
        const place = finding.pointer === undefined ? "" : ` at ${finding.pointer}`;
        io.writeOut(
          `${severity}  ${check.id}  ${subject.contractCase.id}${place}: ${check.asserts}\n`,
        );
      }
    },
  });
  io.writeOut(
    `Passing requests to ${proxy.url} on to ${upstream}. Stop with Ctrl-C for the summary.\n`,
  );
  if (!io.stop.aborted) await once(io.stop, "abort");
  const report = await proxy.close();
  io.writeOut(`\n${terminalReport(report, { hasColor: io.hasColor })}`);
  await writeReports(report, targets);
  return report.exitCode;
}
