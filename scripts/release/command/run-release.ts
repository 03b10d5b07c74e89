import { resolve } from "node:path";
import semver from "semver";
import { planCarriers, readCarriers } from "../changesets/carriers.ts";
import { findShortfalls } from "../changesets/check-bumps.ts";
import { draftChangeset, removeUntouchedDrafts } from "../changesets/draft-changeset.ts";
import { findBase } from "../git.ts";
import { formatJson, formatMarkdown, formatText } from "../plan/format-plan.ts";
import { planDocuments } from "../plan/plan-documents.ts";
import { planWorkspace } from "../plan/plan-workspace.ts";
import { publishProblems } from "../publish-problems.ts";
import { ReleaseError } from "../release-error.ts";
import type { ReleasePlan } from "../release-plan.ts";
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
    // Whatever it is, it is not that a changeset is too low, which 1 says.
    const message = error instanceof Error ? error.message : String(error);
    const isKnown = error instanceof ReleaseError;
    writeError(`${isKnown ? "" : "The releases cannot be compared: "}${message.trimEnd()}\n`);
    return 2;
  }
}

async function runOnWorkspace(
  args: ReleaseArguments,
  { root, writeOut, writeError }: ReleaseEnvironment,
): Promise<number> {
  const { command, format } = args;
  const refusals = args.publish ? publishProblems(root) : [];
  if (refusals.length > 0) {
    writeError(`${refusals.join("\n")}\n`);
    return 1;
  }
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
  const found = await planWorkspace(root, base.commit, base.label);
  const released = (await planCarriers(root, base.commit)).find(
    ({ folder }) => folder === "schema",
  );
  const plan = { ...found, notes: [...found.notes, ...firstMajor(found, released?.released)] };
  if (command === "plan") {
    writeOut(formats[format](plan));
    return 0;
  }
  for (const note of plan.notes) writeError(`${note}\n`);
  if (command === "draft") {
    const kept = removeUntouchedDrafts(root);
    const lacking = findShortfalls(plan, await planCarriers(root, base.commit));
    // Packages that the base does not have yet are released by the changeset that brings them.
    const { written } = draftChangeset(
      root,
      plan,
      lacking.flatMap(({ packages }) => packages),
      kept,
    );
    for (const file of kept) writeOut(`Kept .changeset/${file}, which was changed by hand.\n`);
    writeOut(draftMessage(plan.bump, written));
    return 0;
  }
  const shortfalls = findShortfalls(plan, await planCarriers(root, base.commit));
  if (shortfalls.length > 0) {
    const remedy = "Write the changeset with `pnpm release:draft`, or raise the pending one.";
    writeError(`${[...shortfalls.map(({ message }) => message), remedy].join("\n")}\n`);
    return 1;
  }
  const { bump, compared } = plan;
  writeOut(`The pending changesets cover every change since ${compared.base} (${bump}).\n`);
  return 0;
}

function draftMessage(bump: ReleasePlan["bump"], written: string | undefined): string {
  if (written !== undefined) return `Wrote .changeset/${written} (${bump}).\n`;
  if (bump === "none")
    return "Nothing changed that a release carries, so no changeset is written.\n";
  return "The pending changesets cover every change, so no changeset is written.\n";
}

/** Below 1.0.0 a major is the first stable version, which nobody should come to unawares. */
function firstMajor({ bump }: ReleasePlan, released: string | undefined): readonly string[] {
  if (bump !== "major" || released === undefined || semver.major(released) > 0) return [];
  return [
    `After ${released} a major release is 1.0.0, the first that promises stability (SemVer 2.0.0, items 4 and 5).`,
  ];
}
