import { UsageError, parseCliOptions, usage } from "./cli-options.ts";
import { formatDrift, generate } from "./generate.ts";
import { GenerationError, formatProblem } from "./problem.ts";

/** Where a command runs, and where its lines go. */
export interface CommandContext {
  readonly root: string;
  readonly cwd: string;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Runs the command and gives its exit code. */
export async function runCommand(
  args: readonly string[],
  context: CommandContext,
): Promise<0 | 1 | 2> {
  try {
    const options = parseCliOptions(args);
    if (options.help) {
      context.writeOut(usage);
      return 0;
    }
    return await run(options, context);
  } catch (error) {
    if (error instanceof UsageError) {
      context.writeError(`${error.message} See pnpm generate --help.\n`);
      return 2;
    }
    if (error instanceof GenerationError) {
      context.writeError(`${error.message}\nNothing was written.\n`);
      return 1;
    }
    if (isSystemError(error)) {
      context.writeError(`${error.message}. Check that the folder can be written to.\n`);
      return 1;
    }
    throw error;
  }
}

async function run(
  options: ReturnType<typeof parseCliOptions>,
  { root, cwd, writeOut, writeError }: CommandContext,
): Promise<0 | 1> {
  const { warnings, drifts, files } = await generate({ root, cwd, ...options });
  for (const warning of warnings) writeError(`${formatProblem(warning)}\n`);
  if (!options.check) {
    writeOut(`Wrote ${files.length} files.\n`);
    return 0;
  }
  if (drifts.length === 0) {
    writeOut(`All ${files.length} generated files are up to date.\n`);
    return 0;
  }
  const { foreign } = options;
  const command =
    foreign === undefined
      ? "pnpm generate"
      : `pnpm generate --spec ${foreign.spec} --out ${foreign.out}${foreign.folder === undefined ? "" : ` --folder ${foreign.folder}`}`;
  const lines = drifts.map((drift) => `${formatDrift(drift, cwd)}\n`).join("");
  writeError(`${lines}Generated files differ from their source. Run: ${command}\n`);
  return 1;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
