import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { keyVariables, parameterOptions } from "../face.ts";
import type { RunOptions } from "../run/run-options.ts";
import { verify } from "../run/verify.ts";
import type { CliIo, CommandLine } from "./command-line.ts";
import {
  connectionOptions,
  judgingOptions,
  readCommandLine,
  readConnectionOptions,
  readJudgingOptions,
} from "./command-line.ts";
import { showProgress } from "./show-progress.ts";
import { openReports } from "./write-reports.ts";

const one = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;

const shorthands = Object.values(parameterOptions).flatMap((option) => [
  [option, many] as const,
  [`other-${option}`, one] as const,
]);

/** `verify BASE_URL`: the exit code of the report. */
export async function runVerify(argv: readonly string[], io: CliIo): Promise<number> {
  const line = await readCommandLine(argv, io, {
    ...judgingOptions,
    ...connectionOptions,
    "base-url": one,
    ...Object.fromEntries(shorthands),
    param: many,
    "other-param": many,
    "other-api-key": one,
    watch: one,
    seed: one,
    "max-requests": one,
    wait: one,
    "max-time": one,
    rate: one,
    "unsafe-methods": { type: "boolean" },
  });
  const report = await openReports(line, io);
  return report(async () => {
    const options = await readRunOptions(line, io);
    using progress = showProgress(io);
    return await verify({ ...options, onProgress: progress.update });
  });
}

async function readRunOptions(line: CommandLine, io: CliIo): Promise<RunOptions> {
  const [baseUrl = line.text("base-url"), ...others] = line.positionals;
  if (baseUrl === undefined || others.length > 0) {
    const message = "verify takes one BASE_URL, such as http://127.0.0.1:4010.";
    throw new CouldNotJudgeError("bad_options", message);
  }
  const watchMs = line.durationMs("watch");
  return {
    baseUrl,
    ...(await readJudgingOptions(line, io)),
    params: readParams(line),
    otherParams: readParams(line, "other-"),
    otherApiKey: line.text("other-api-key") ?? io.env[keyVariables.other],
    watchSeconds: watchMs === undefined ? undefined : watchMs / 1000,
    seed: line.wholeNumber("seed"),
    maxRequests: line.wholeNumber("max-requests", 1),
    ...(await readConnectionOptions(line)),
    waitMs: line.durationMs("wait"),
    maxTimeMs: line.durationMs("max-time", 1),
    maxRequestsPerSecond: line.wholeNumber("rate", 1),
    signal: io.stop,
    mayTouchData: line.flag("unsafe-methods") || undefined,
  };
}

/** The values of `--param`, and of the options that stand for a parameter. */
function readParams(line: CommandLine, prefix = ""): Readonly<Record<string, readonly string[]>> {
  const shorthand = Object.entries(parameterOptions).flatMap(([name, option]) =>
    line.list(`${prefix}${option}`).map((value) => [name, value] as const),
  );
  const given = line.list(`${prefix}param`).map((text) => {
    const index = text.indexOf("=");
    if (index > 0) return [text.slice(0, index), text.slice(index + 1)] as const;
    throw new CouldNotJudgeError("bad_options", `--${prefix}param ${text} is not name=value.`);
  });
  const params: Record<string, readonly string[]> = {};
  for (const [name, value] of [...shorthand, ...given])
    if (value !== "") params[name] = [...(params[name] ?? []), value];
  return params;
}
