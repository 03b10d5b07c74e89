import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { tool } from "../face.ts";
import type { JudgingOptions } from "./run-options.ts";

/** Which cases are sent and which findings are reported. */
export interface Selection {
  isCaseSent(caseId: string): boolean;
  isReported(checkId: string, caseId: string): boolean;
}

/**
 * Reads `--only` and `--skip`. An ID is that of a check or a case, or a family of them: `auth` or `auth/*`, or that of
 * an operation. Before the ID of a case may stand its operation: `getThing:auth`.
 *
 * @throws CouldNotJudgeError `bad_options` for an unknown ID: a run that skips nothing, or everything, because of a
 *   typing error must not look intended.
 */
export function createSelection(
  options: Pick<JudgingOptions, "only" | "skip">,
  caseIds: readonly string[],
  checkIds: readonly string[],
): Selection {
  const only = options.only ?? [];
  const skip = options.skip ?? [];
  for (const id of [...only, ...skip]) {
    if ([...caseIds, ...checkIds].some((known) => matches(id, known))) continue;
    const message = `There is no check or case "${id}": \`${tool.name} checks\` lists the checks, and a report the cases.`;
    throw new CouldNotJudgeError("bad_options", message);
  }
  // A check may be violated by any case, so asking for one means sending all of them.
  const sendsAll =
    only.length === 0 || only.some((id) => !caseIds.some((known) => matches(id, known)));
  return {
    isCaseSent: (caseId) => !isIn(skip, caseId) && (sendsAll || isIn(only, caseId)),
    isReported: (checkId, caseId) =>
      !isIn(skip, checkId) && (only.length === 0 || isIn(only, checkId) || isIn(only, caseId)),
  };
}

function isIn(list: readonly string[], known: string): boolean {
  return list.some((id) => matches(id, known));
}

/** Whether an ID means a check, or a case by itself, by its family, by its operation, or by family or name in whatever operation. */
function matches(id: string, known: string): boolean {
  const family = id.replace(/\/\*$/, "");
  const own = known.slice(known.lastIndexOf(":") + 1);
  return (
    [known, own].some((name) => name === id || name.startsWith(`${family}/`)) ||
    known.startsWith(`${family}:`)
  );
}
