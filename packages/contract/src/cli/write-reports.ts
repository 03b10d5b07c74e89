import { access, constants, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { CouldNotJudgeError, toCouldNotJudge } from "../could-not-judge-error.ts";
import { githubAnnotations } from "../report/github-annotations.ts";
import { htmlReport } from "../report/html-report.ts";
import { junitReport } from "../report/junit-report.ts";
import type { Report } from "../report/report.ts";
import { terminalReport } from "../report/terminal-report.ts";
import { unjudgedReport } from "../report/unjudged-report.ts";
import type { CliIo, CommandLine } from "./command-line.ts";
import { withoutKeys } from "./without-keys.ts";

type Writer = (report: Report) => string;

const writers: ReadonlyMap<string, Writer> = new Map([
  ["junit", junitReport],
  ["html", htmlReport],
  ["json", (report: Report) => `${JSON.stringify(report, undefined, 2)}\n`],
]);

interface Target {
  readonly file: string;
  readonly write: Writer;
  /** Whether it is a pipe or a device, which cannot be replaced. */
  readonly isStream: boolean;
}

/**
 * Reads `--report FORM=FILE`, creates missing folders, and makes sure that the files can be written before anything is judged.
 *
 * @returns a function that judges, shows the report, writes it to the files, and gives its exit code. If nothing can be judged,
 *   the files say so.
 * @throws CouldNotJudgeError `bad_options` for an unknown form, or a file that cannot be written.
 */
export async function openReports(
  line: CommandLine,
  io: CliIo,
): Promise<(judge: () => Promise<Report>) => Promise<number>> {
  const startedAt = new Date();
  const targets: Target[] = [];
  for (const value of line.list("report")) {
    const target = await readTarget(value);
    if (targets.some(({ file }) => file === target.file))
      throw badOptions(`--report ${value}: another report is written to this file.`);
    targets.push(target);
  }
  return async (judge) => {
    let report: Report;
    try {
      report = await judge();
    } catch (thrown) {
      const error = toCouldNotJudge(thrown);
      if (error instanceof Error) {
        const reason = withoutKeys(error.message, line.argv, io);
        await writeAll(targets, unjudgedReport(reason, startedAt));
      }
      throw thrown;
    }
    io.writeOut(terminalReport(report, io));
    if (io.env["GITHUB_ACTIONS"] === "true") io.writeOut(githubAnnotations(report));
    await writeAll(targets, report);
    return report.exitCode;
  };
}

async function readTarget(value: string): Promise<Target> {
  const [form = "", ...rest] = value.split("=");
  const [name, write] = [rest.join("="), writers.get(form)];
  if (write === undefined || name === "") {
    const forms = [...writers.keys()].map((known) => `${known}=FILE`);
    throw badOptions(`--report ${value} is not one of: ${forms.join(", ")}.`);
  }
  const file = path.resolve(name);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const stats = await stat(file).catch(() => undefined);
    if (stats?.isDirectory() === true) throw new Error("it is a folder");
    const isStream = stats !== undefined && !stats.isFile();
    await access(stats === undefined ? path.dirname(file) : file, constants.W_OK);
    if (!isStream) {
      await writeFile(besideOf(file), "");
      await rm(besideOf(file));
    }
    return { file, write, isStream };
  } catch (error) {
    throw cannotWrite(name, error);
  }
}

/** Written beside and renamed, so that nobody reads half of one, and a run that fails leaves what was there. */
async function writeAll(targets: readonly Target[], report: Report): Promise<void> {
  for (const { file, write, isStream } of targets) {
    const written = isStream ? file : besideOf(file);
    try {
      await writeFile(written, write(report));
      if (!isStream) await rename(written, file);
    } catch (error) {
      throw cannotWrite(file, error);
    }
  }
}

function besideOf(file: string): string {
  return `${file}.${process.pid}.tmp`;
}

function cannotWrite(file: string, error: unknown): CouldNotJudgeError {
  const reason = error instanceof Error ? error.message : String(error);
  return badOptions(`The report ${file} cannot be written: ${reason}`, error);
}

function badOptions(message: string, cause?: unknown): CouldNotJudgeError {
  return new CouldNotJudgeError("bad_options", message, { cause });
}
