import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";

/** One pair of documents with the verdict of oasdiff's own test suite. */
export interface BenchmarkCase {
  readonly id: string;
  readonly baseFile: string;
  readonly revisionFile: string;
  readonly verdict: "ERR" | "WARN" | "INFO" | "none-at-threshold";
  readonly expectedIds: readonly string[];
  /** The rules of the one check that the test ran; undefined when it ran all of them. */
  readonly checkedIds: readonly string[] | undefined;
}

/** The cases in a folder, in the order of their names; undefined when the folder is absent. */
export function readBenchmarkCases(folder: string): readonly BenchmarkCase[] | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readCase(join(folder, name)))
    .toSorted((a, b) => a.id.localeCompare(b.id));
}

function readCase(folder: string): BenchmarkCase {
  const file = join(folder, "expected.json");
  const expected: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isJsonObject(expected)) throw new TypeError(`${file} is not an object.`);
  const { id, verdict, scope, checkRuleIds, exhaustive } = expected;
  if (typeof id !== "string" || !isVerdict(verdict)) {
    throw new TypeError(`${file} has no id or an unknown verdict.`);
  }
  const list = Array.isArray(expected["expected"]) ? expected["expected"] : [];
  const expectedIds = list
    .map((entry) => (isJsonObject(entry) ? entry["id"] : undefined))
    .filter((rule) => typeof rule === "string");
  // A test that asserts only some of the answers says nothing about the other rules of its check.
  const judged = exhaustive === true ? checkRuleIds : expectedIds;
  return {
    id,
    verdict,
    expectedIds,
    baseFile: join(folder, "base.yaml"),
    revisionFile: join(folder, "revision.yaml"),
    checkedIds: scope === "single-check" && Array.isArray(judged) ? judged.map(String) : undefined,
  };
}

function isVerdict(value: unknown): value is BenchmarkCase["verdict"] {
  return value === "ERR" || value === "WARN" || value === "INFO" || value === "none-at-threshold";
}
