import { packageVersion, UsageError } from "@qontext/sync-log-command-line";
import { curlLine } from "../control/curl-line.ts";
import { MockError } from "../errors.ts";
import type { MockServerOptions } from "../face.ts";
import { isLoopbackHost } from "../http/listen.ts";
import type { Run } from "../state/run.ts";
import { helpText } from "./help.ts";
import { parseArguments } from "./parse-arguments.ts";

/** What the command prints when it is ready. */
interface ReadyReport {
  readonly url: string;
  readonly page: string;
  /** A curl command line to copy. */
  readonly curl: string;
  /** The syncs to start with; `ahead` has the current status and those to come. */
  readonly syncs: readonly (Pick<Run, "id" | "status" | "ahead"> & { workspaceId: string })[];
  /** Whether other machines can reach it. */
  readonly isPublic: boolean;
}

/** The parts of the process that the command uses. */
export interface CommandEnvironment {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<void>;
}

/**
 * Runs the command until it is asked to end.
 *
 * @returns the exit code: 0, or 2 for a usage error.
 */
export async function run(
  args: readonly string[],
  environment: CommandEnvironment,
): Promise<number> {
  try {
    const command = parseArguments(args);
    if (command.kind === "help") environment.writeOut(helpText());
    else if (command.kind === "version")
      environment.writeOut(`${packageVersion(new URL("../../package.json", import.meta.url))}\n`);
    else await serve(command.options, command.isJson, environment);
    return 0;
  } catch (error) {
    if (!(error instanceof MockError || error instanceof UsageError)) throw error;
    environment.writeError(`sync-log-mock: ${error.message.replaceAll("\n", " ")}\n`);
    return 2;
  }
}

async function serve(
  options: MockServerOptions,
  isJson: boolean,
  { writeOut, writeError, stopped }: CommandEnvironment,
): Promise<void> {
  // Prism takes most of a second to load; an invalid option is reported without loading it.
  const [{ openServed, serveMock }, { anyKey, toMockPlan }] = await Promise.all([
    import("../build-mock.ts"),
    import("../face.ts"),
  ]);
  const plan = toMockPlan(options);
  const { state, url, close, ...mock } = await serveMock(
    await openServed(plan.spec),
    plan,
    options,
  );
  const key = Object.keys(options.apiKeys ?? {})[0] ?? anyKey;
  const report: ReadyReport = {
    url,
    page: `${url}/_mock/`,
    curl: curlLine(url + mock.examplePath, { key, keyHeader: mock.keyHeader }),
    syncs: state.runs.map(({ owner, id, status, ahead }) => {
      return { workspaceId: owner, id, status, ahead };
    }),
    isPublic: !isLoopbackHost(options.host ?? "127.0.0.1"),
  };
  writeOut(isJson ? `${JSON.stringify(report)}\n` : readyText(report));
  for (const note of state.resource?.notes ?? []) writeError(`sync-log-mock: ${note}\n`);
  await stopped;
  await close();
}

function readyText({ url, page, curl, syncs, isPublic }: ReadyReport): string {
  const lines = [`sync-log-mock is ready at ${url}`, `  page  ${page}`, `  try   ${curl}`];
  for (const { workspaceId, id, ahead } of syncs) {
    lines.push(`  sync  ${workspaceId} ${id}  ${ahead.join(" → ")}`);
  }
  const warning =
    "  Warning: any machine that can reach this one can use the mock and its control interface.";
  return `${[...lines, ...(isPublic ? [warning] : [])].join("\n")}\n`;
}
