import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ReleaseError } from "../release-error.ts";
import type { RedoclyChange } from "./redocly-change.ts";
import { parseRedoclyReport } from "./redocly-change.ts";

const packageFile = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const cli = join(dirname(packageFile), "bin", "cli.js");
const config = join(import.meta.dirname, "redocly-diff.yaml");

/**
 * Compares two OpenAPI files with the diff of the Redocly CLI, which has no entry point but its command.
 *
 * @throws {@link ReleaseError} `diff_failed` with what Redocly printed, when it does not produce a report.
 */
export function runRedoclyDiff(
  baseFile: string,
  revisionFile: string,
): Promise<readonly RedoclyChange[]> {
  const args = [cli, "diff", baseFile, revisionFile, "--config", config];
  args.push("--format", "json", "--fail-on", "none");
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve, reject) => {
    const options = { env, maxBuffer: 1 << 28 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (stdout.trim() === "") reject(failed(stderr, error));
      else resolve(parseRedoclyReport(stdout));
    });
  });
}

function failed(stderr: string, cause: unknown): ReleaseError {
  const output = stderr.trim().split("\n").slice(-12).join("\n");
  return new ReleaseError("diff_failed", `Redocly's diff made no report. It said:\n${output}`, {
    cause,
  });
}
