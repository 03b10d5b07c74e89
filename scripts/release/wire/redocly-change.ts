import { isJsonObject } from "@qontext/sync-log-document";
import { fromRedoclyPointer } from "../../generate/check-document.ts";
import type { Bump } from "../bump.ts";
import { isBump } from "../bump.ts";
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
  readonly verdicts: readonly RedoclyVerdict[];
  /** Where the value stood: a pointer that does not go through references. */
  readonly basePointer: string | undefined;
  readonly baseValue: unknown;
  readonly revisionPointer: string | undefined;
  readonly revisionValue: unknown;
}

export interface RedoclyVerdict {
  readonly ruleId: string;
  readonly message: string;
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
  const base = parseSide(change["base"]);
  const revision = parseSide(change["revision"]);
  return {
    kind,
    typeName,
    path: fromRedoclyPointer(path),
    impact,
    property: typeof property === "string" ? property : undefined,
    verdicts: parseVerdicts(change["verdicts"]),
    basePointer: base.pointer,
    baseValue: base.value,
    revisionPointer: revision.pointer,
    revisionValue: revision.value,
  };
}

function parseVerdicts(verdicts: unknown): readonly RedoclyVerdict[] {
  if (!Array.isArray(verdicts)) return [];
  return verdicts.map((verdict) => ({
    ruleId: (isJsonObject(verdict) && asText(verdict["ruleId"])) || "redocly",
    message: (isJsonObject(verdict) && asText(verdict["message"])) || "",
  }));
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseSide(side: unknown): {
  readonly pointer: string | undefined;
  readonly value: unknown;
} {
  const { pointer, value } = isJsonObject(side) ? side : {};
  return { pointer: typeof pointer === "string" ? fromRedoclyPointer(pointer) : undefined, value };
}

function unexpected(what: string, cause?: unknown): ReleaseError {
  return new ReleaseError(
    "diff_failed",
    `The report of Redocly's diff ${what}: run pnpm install, and check the version of @redocly/cli in scripts/package.json.`,
    { cause },
  );
}
