import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { htmlReport } from "../report/html-report.ts";
import { junitReport } from "../report/junit-report.ts";
import type { Report } from "../report/report.ts";

const writers: Readonly<Record<string, (report: Report) => string>> = {
  junit: junitReport,
  html: htmlReport,
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};

/** A requested report: its form and its file. */
export interface ReportTarget {
  readonly form: string;
  readonly file: string;
}

/**
 * Reads `--report FORM=FILE`.
 *
 * @throws {@link CouldNotJudgeError} `bad_options` for an unknown form.
 */
export function readReportTargets(values: readonly string[]): readonly ReportTarget[] {
  return values.map((value) => {
    const [form = "", ...rest] = value.split("=");
    const file = rest.join("=");
    if (Object.hasOwn(writers, form) && file !== "") return { form, file };
    const forms = Object.keys(writers)
      .map((name) => `${name}=FILE`)
      .join(", ");
    throw new CouldNotJudgeError("bad_options", `--report ${value} is not one of: ${forms}.`);
  });
}

/** Writes each report to its file; creates missing folders. */
export async function writeReports(
  report: Report,
  targets: readonly ReportTarget[],
): Promise<void> {
  for (const { form, file } of targets) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, writers[form]?.(report) ?? "");
  }
}
