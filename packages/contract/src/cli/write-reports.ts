import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { htmlReport } from "../report/html-report.ts";
import { junitReport } from "../report/junit-report.ts";
import type { Report } from "../report/report.ts";
import { terminalReport } from "../report/terminal-report.ts";
import type { CliIo, CommandLine } from "./command-line.ts";

const writers: ReadonlyMap<string, (report: Report) => string> = new Map([
  ["junit", junitReport],
  ["html", htmlReport],
  ["json", (report) => `${JSON.stringify(report, undefined, 2)}\n`],
]);

/**
 * Reads `--report FORM=FILE`.
 *
 * @returns a function that shows a report, writes it to the files, creates missing folders, and gives its exit code.
 * @throws {@link CouldNotJudgeError} `bad_options` for an unknown form.
 */
export function readReportTargets(
  line: CommandLine,
  { writeOut, hasColor }: CliIo,
): (report: Report) => Promise<number> {
  const targets = line.list("report").map((value) => {
    const [form = "", ...rest] = value.split("=");
    const [file, write] = [rest.join("="), writers.get(form)];
    if (write !== undefined && file !== "") return { file, write };
    const forms = [...writers.keys()].map((name) => `${name}=FILE`);
    const message = `--report ${value} is not one of: ${forms.join(", ")}.`;
    throw new CouldNotJudgeError("bad_options", message);
  });
  return async (report) => {
    writeOut(terminalReport(report, { hasColor }));
    for (const { file, write } of targets) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, write(report));
    }
    return report.exitCode;
  };
}
