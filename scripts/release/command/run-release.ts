import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkBumps, formatShortfalls } from "../changesets/check-bumps.ts";
import { draftChangeset, draftPrefix } from "../changesets/draft-changeset.ts";
import { readCarrierIdentities, readCarriers } from "../changesets/read-carriers.ts";
import { findBase } from "../git/find-base.ts";
import { formatJson, formatMarkdown, formatText } from "../plan/format-plan.ts";
import { planDocuments } from "../plan/plan-documents.ts";
import { planWorkspace } from "../plan/plan-workspace.ts";
import type { ReleasePlan } from "../plan/release-plan.ts";
import { createReleasePlan } from "../plan/release-plan.ts";
import { ReleaseError } from "../release-error.ts";
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

/** Runs a release command and returns its exit code. Mistakes of the user are printed, not thrown. */
export async function runRelease(
  args: readonly string[],
  environment: ReleaseEnvironment,
): Promise<number> {
  try {
    const parsed = parseArguments(args);
    if (parsed.help) {
      environment.writeOut(usage);
      return 0;
    }
    if (parsed.from !== undefined && parsed.to !== undefined) {
      const { cwd } = environment;
      const plan = await planDocuments(resolve(cwd, parsed.from), resolve(cwd, parsed.to));
      environment.writeOut(format(plan, parsed.format));
      return 0;
    }
    return await runOnWorkspace(parsed, environment);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    environment.writeError(`${error.message.trimEnd()}\n`);
    return 2;
  }
}

async function runOnWorkspace(
  args: ReleaseArguments,
  environment: ReleaseEnvironment,
): Promise<number> {
  const { root } = environment;
  const schema = readCarrierIdentities(root).get("schema");
  if (!schema)
    throw new ReleaseError("no_base", `There is no packages/schema/package.json in ${root}.`);
  const base = await findBase(root, schema.name, schema.version, args.base);
  if (base.kind !== "found") return withoutBase(base.kind, base.notice, args, environment);
  const plan = await planWorkspace(root, base.commit, base.label);
  switch (args.command) {
    case "plan":
      environment.writeOut(format(plan, args.format));
      return 0;
    case "check":
      return check(plan, base.commit, environment);
    case "draft":
      return draft(plan, environment);
    default:
      return args.command satisfies never;
  }
}

/** A first release breaks nobody. An unknown base is a notice, or an error for commands that need one. */
function withoutBase(
  kind: "never-released" | "unknown",
  notice: string,
  args: ReleaseArguments,
  { writeOut, writeError }: ReleaseEnvironment,
): number {
  const isFine =
    kind === "never-released" ||
    (args.command === "check" && !args.strict && args.base === undefined);
  if (!isFine) throw new ReleaseError("no_base", notice);
  if (args.command === "plan" && args.format !== "text") {
    const empty = createReleasePlan({ base: "none", revision: "the working tree" }, [], [notice]);
    writeOut(format(empty, args.format));
  } else writeError(`${notice}\n`);
  return 0;
}

async function check(
  plan: ReleasePlan,
  commit: string,
  { root, writeOut, writeError }: ReleaseEnvironment,
): Promise<number> {
  const shortfalls = checkBumps(plan, await readCarriers(root, commit));
  if (shortfalls.length > 0) {
    writeError(formatShortfalls(shortfalls));
    return 1;
  }
  writeOut(
    `The pending changesets cover every change since ${plan.compared.base} (${plan.bump}).\n`,
  );
  return 0;
}

function draft(plan: ReleasePlan, { root, writeOut }: ReleaseEnvironment): number {
  const names = [...readCarrierIdentities(root)].map(
    ([folder, { name }]) => [folder, name] as const,
  );
  const drafted = draftChangeset(plan, new Map(names));
  const folder = join(root, ".changeset");
  for (const file of readdirSync(folder)) {
    if (file.startsWith(draftPrefix) && file.endsWith(".md")) rmSync(join(folder, file));
  }
  if (!drafted) {
    writeOut("Nothing changed that a release carries, so no changeset is written.\n");
    return 0;
  }
  writeFileSync(join(folder, drafted.fileName), drafted.text);
  writeOut(`Wrote .changeset/${drafted.fileName} (${plan.bump}).\n`);
  return 0;
}

function format(plan: ReleasePlan, as: ReleaseArguments["format"]): string {
  if (as === "json") return formatJson(plan);
  return as === "markdown" ? formatMarkdown(plan) : formatText(plan);
}
