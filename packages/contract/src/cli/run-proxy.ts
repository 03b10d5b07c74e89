import { once } from "node:events";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { startProxy } from "../traffic/start-proxy.ts";
import type { CliIo } from "./command-line.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./command-line.ts";
import { readReportTargets } from "./write-reports.ts";

/** `proxy UPSTREAM_URL`: runs until it is stopped; the exit code of the report. */
export async function runProxy(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, {
    ...judgingOptions,
    port: { type: "string" },
    timeout: { type: "string" },
  });
  const showReport = readReportTargets(line, io);
  const [upstream, ...others] = line.positionals;
  if (upstream === undefined || others.length > 0)
    throw new CouldNotJudgeError("bad_options", "proxy takes one UPSTREAM_URL.");
  const proxy = await startProxy({
    upstream,
    ...(await readJudgingOptions(line, io)),
    port: line.wholeNumber("port"),
    timeoutMs: line.durationMs("timeout", 1),
    onJudged: ({ subject, found }, redact) => {
      for (const { check, severity, finding } of found) {
        const place = finding.pointer === undefined ? "" : ` at ${finding.pointer}`;
        const text = `${severity}  ${check.id}  ${subject.contractCase.id}${place}: ${check.asserts}`;
        io.writeOut(`${redact(text)}\n`);
      }
    },
  });
  io.writeOut(
    `Passing requests to ${proxy.url} on to ${upstream}. Stop with Ctrl-C for the summary.\n`,
  );
  if (!io.stop.aborted) await once(io.stop, "abort");
  const report = await proxy.close();
  io.writeOut("\n");
  return showReport(report);
}
