import { resolve } from "node:path";
import { planCarriers, readCarriers } from "../changesets/carriers.ts";
import { findShortfalls } from "../changesets/check-bumps.ts";
import { draftChangeset } from "../changesets/draft-changeset.ts";
import { findBase } from "../git.ts";
import { formatJson, formatMarkdown, formatText } from "../plan/format-plan.ts";
import { planDocuments } from "../plan/plan-documents.ts";
import { planWorkspace } from "../plan/plan-workspace.ts";
import { ReleaseError } from "../release-error.ts";
import { createReleasePlan } from "../release-plan.ts";
import type { ReleaseArguments } from "./parse-arguments.ts";
import { parseArguments, usage } from "./parse-arguments.ts";

/** Where a command reads and writes. */
export interface ReleaseEnvironment {
  /** The root of the workspace. */
  readonly root: string;
  /** The folder that paths on the command line are relative to. */
  readonly cwd: string;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const formats = { json: formatJson, markdown: formatMarkdown, text: formatText } as const;

/** Runs a release command and returns its exit code. Mistakes of the user are printed, not thrown. */
export async function runRelease(
  args: readonly string[],
  environment: ReleaseEnvironment,
): Promise<number> {
  const { cwd, writeOut, writeError } = environment;
  try {
    const parsed = parseArguments(args);
    if (parsed.command === "help") {
      writeOut(usage);
    } else if (parsed.files) {
      const { from, to } = parsed.files;
      writeOut(formats[parsed.format](await planDocuments(resolve(cwd, from), resolve(cwd, to))));
    } else return await runOnWorkspace(parsed, environment);
    return 0;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    writeError(`${error.message.trimEnd()}\n`);
    return 2;
  }
}

async function runOnWorkspace(
  args: ReleaseArguments,
  { root, writeOut, writeError }: ReleaseEnvironment,
): Promise<number> {
  const { command, format } = args;
  const schema = readCarriers(root).find(({ folder }) => folder === "schema");
  if (!schema) {
    throw new ReleaseError("no_base", `There is no packages/schema/package.json in ${root}.`);
  }
  const base = await findBase(root, schema.name, schema.version, args.base);
  if (base.kind !== "found") {
    const { kind, notice } = base;
    // A first release breaks nobody. An unknown base is a notice, or an error for commands that need one.
    const mayBeAbsent = command === "check" && !args.strict && args.base === undefined;
    if (kind === "unknown" && !mayBeAbsent) throw new ReleaseError("no_base", notice);
    const compared = { base: "none", revision: "the working tree" };
    if (command === "plan" && format !== "text") {
      writeOut(formats[format](createReleasePlan(compared, [], [notice])));
    } else writeError(`${notice}\n`);
    return 0;
  }
  const plan = await planWorkspace(root, base.commit, base.label);
  if (command === "plan") {
    writeOut(formats[format](plan));
  } else if (command === "draft") {
    const written = draftChangeset(root, plan);
    writeOut(
      written === undefined
        ? "Nothing changed that a release carries, so no changeset is written.\n"
        : `Wrote .changeset/${written} (${plan.bump}).\n`,
    );
  } else {
    const shortfalls = findShortfalls(plan, await planCarriers(root, base.commit));
    if (shortfalls.length > 0) {
      const remedy = "Write the changeset with `pnpm release:draft`, or raise the pending one.";
      writeError(`${[...shortfalls, remedy].join("\n")}\n`);
      return 1;
    }
    const { bump, compared } = plan;
    writeOut(`The pending changesets cover every change since ${compared.base} (${bump}).\n`);
  }
  return 0;
}
