import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { terminalReport } from "../report/terminal-report.ts";
import { verify } from "../run/verify.ts";
import type { VerifyOptions } from "../run/verify-options.ts";
import type { CliIo } from "./cli-io.ts";
import type { CommandLine } from "./read-options.ts";
import { judgingOptions, readCommandLine, readJudgingOptions } from "./read-options.ts";
import { readReportTargets, writeReports } from "./write-reports.ts";

const one = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;

/** `verify BASE_URL`: the exit code of the report. */
export async function runVerify(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, {
    ...judgingOptions,
    workspace: one,
    "sync-log": many,
    param: many,
    "other-workspace": one,
    "other-sync-log": one,
    "other-api-key": one,
    watch: one,
    seed: one,
    "max-requests": one,
    timeout: one,
    "unsafe-methods": { type: "boolean" },
  });
  const targets = readReportTargets(line.list("report"));
  const report = await verify(await readVerifyOptions(line, io));
  io.writeOut(terminalReport(report, { hasColor: io.hasColor }));
  await writeReports(report, targets);
  return report.exitCode;
}

async function readVerifyOptions(line: CommandLine, { env }: CliIo): Promise<VerifyOptions> {
  const [baseUrl, ...others] = line.positionals;
  if (baseUrl === undefined || others.length > 0) {
    throw new CouldNotJudgeError(
      "bad_options",
      "verify takes one BASE_URL, such as http://127.0.0.1:4010.",
    );
  }
  const watchMs = line.durationMs("watch");
  return {
    baseUrl,
    ...(await readJudgingOptions(line)),
    ...given("workspace", line.text("workspace")),
    ...(line.list("sync-log").length === 0 ? {} : { syncLogs: line.list("sync-log") }),
    params: readParams(line.list("param")),
    ...given("apiKey", line.text("api-key") ?? env["QONTEXT_API_KEY"]),
    ...given("otherWorkspace", line.text("other-workspace")),
    ...given("otherSyncLog", line.text("other-sync-log")),
    ...given("otherApiKey", line.text("other-api-key") ?? env["QONTEXT_OTHER_API_KEY"]),
    ...given("watchSeconds", watchMs === undefined ? undefined : watchMs / 1000),
    ...given("seed", line.wholeNumber("seed")),
    ...given("maxRequests", line.wholeNumber("max-requests", 1)),
    ...given("timeoutMs", line.durationMs("timeout", 1)),
    ...(line.flag("unsafe-methods") ? { mayTouchData: true } : {}),
  };
}

/** A property, if there is a value for it. */
function given<Name extends string, Value extends string | number>(
  name: Name,
  value: Value | undefined,
): Readonly<Partial<Record<Name, Value>>> {
  const empty: Partial<Record<Name, Value>> = {};
  if (value !== undefined && value !== "") empty[name] = value;
  return empty;
}

function readParams(values: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const params: Record<string, readonly string[]> = {};
  for (const value of values) {
    const index = value.indexOf("=");
    if (index < 1)
      throw new CouldNotJudgeError("bad_options", `--param ${value} is not name=value.`);
    const name = value.slice(0, index);
    params[name] = [...(params[name] ?? []), value.slice(index + 1)];
  }
  return params;
}
