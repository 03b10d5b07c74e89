import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import { fromRedoclyPointer } from "../../generate/check-document.ts";
import type { Bump } from "../release-plan.ts";
import { isBump } from "../release-plan.ts";
import { ReleaseError } from "../release-error.ts";

/** One entry of the `changes` of `redocly diff --format json`. */
export interface RedoclyChange {
  readonly kind: "added" | "removed" | "modified";
  /** The kind of node in Redocly's words: `Schema`, `Response`, `ParameterList` … */
  readonly typeName: string;
  /** The pointer by which the node is reached first, through references. */
  readonly path: string;
  /** The property of the node that a modification is about. */
  readonly property: string | undefined;
  readonly impact: Bump;
  /** The rule of Redocly's that rated the change, and what it says. */
  readonly ruleId: string | undefined;
  readonly message: string | undefined;
  /** Where the value stood: a pointer that does not go through references. */
  readonly basePointer: string | undefined;
  readonly baseValue: unknown;
  readonly revisionPointer: string | undefined;
  readonly revisionValue: unknown;
}

const packageFile = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const cli = join(dirname(packageFile), "bin", "cli.js");
const config = join(import.meta.dirname, "redocly-diff.yaml");

/**
 * Compares two OpenAPI files with the diff of the Redocly CLI, which has no other entry point than its command.
 *
 * @throws {@link ReleaseError} `diff_failed` with what Redocly printed, when it does not produce a report.
 */
export async function runRedoclyDiff(
  baseFile: string,
  revisionFile: string,
): Promise<readonly RedoclyChange[]> {
  const args = [cli, "diff", baseFile, revisionFile, "--config", config];
  args.push("--format", "json", "--fail-on", "none");
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const report = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { env, maxBuffer: 1 << 28 }, (cause, stdout, stderr) => {
      if (stdout.trim() !== "") return resolve(stdout);
      const output = stderr.trim().split("\n").slice(-12).join("\n");
      const message = `Redocly's diff made no report. It said:\n${output}`;
      reject(new ReleaseError("diff_failed", message, { cause }));
    });
  });
  return parseRedoclyReport(report);
}

/** Reads the report of `redocly diff --format json`, and refuses one of another shape. */
export function parseRedoclyReport(text: string): readonly RedoclyChange[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw unexpected("is not JSON", cause);
  }
  const changes = isJsonObject(report) ? report["changes"] : undefined;
  if (!Array.isArray(changes)) throw unexpected("has no list of changes");
  return changes.map(parseChange);
}

function parseChange(change: unknown): RedoclyChange {
  if (!isJsonObject(change)) throw unexpected("has a change that is not an object");
  const { kind, typeName, path, property, impact } = change;
  if (kind !== "added" && kind !== "removed" && kind !== "modified") {
    throw unexpected(`has a change of kind ${JSON.stringify(kind)}`);
  }
  if (typeof typeName !== "string" || typeof path !== "string" || !isBump(impact)) {
    throw unexpected("has a change without typeName, path or impact");
  }
  const [base, revision] = [change["base"], change["revision"]].map((side) => {
    const { pointer, value } = isJsonObject(side) ? side : {};
    return {
      value,
      pointer: typeof pointer === "string" ? fromRedoclyPointer(pointer) : undefined,
    };
  });
  const [verdict]: readonly unknown[] = Array.isArray(change["verdicts"]) ? change["verdicts"] : [];
  const { ruleId, message } = isJsonObject(verdict) ? verdict : {};
  return {
    kind,
    typeName,
    path: fromRedoclyPointer(path),
    impact,
    property: asText(property),
    ruleId: asText(ruleId),
    message: asText(message),
    basePointer: base?.pointer,
    baseValue: base?.value,
    revisionPointer: revision?.pointer,
    revisionValue: revision?.value,
  };
}

/** A text that says something. */
function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function unexpected(what: string, cause?: unknown): ReleaseError {
  return new ReleaseError(
    "diff_failed",
    `The report of Redocly's diff ${what}: run pnpm install, and check the version of @redocly/cli in scripts/package.json.`,
    { cause },
  );
}
