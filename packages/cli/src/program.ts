import { packageVersion, parseDuration, parseWholeNumber } from "@qontext/sync-log-command-line";
import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import { Argument, Command, Option } from "commander";
import type { GetOptions } from "./commands/get-sync-log.ts";
import type { ListOptions } from "./commands/list-sync-logs.ts";
import type { OpenReferenceOptions } from "./commands/open-reference.ts";
import type { WatchOptions } from "./commands/watch-sync-logs.ts";
import type { CommonOptions, ConnectionOptions } from "./connection.ts";
import { parseNames, parseSince, shells, statusGroups } from "./input/parse-options.ts";
import type { Shell } from "./input/parse-options.ts";
import { hostNames } from "./mcp/host-config.ts";
import type { HostName } from "./mcp/host-config.ts";
import { exitCode, exitCodeHelp } from "./exit-code.ts";
import type { CommandIo, Output } from "./output.ts";

/** A parsed command line. */
export interface Invocation {
  readonly options: CommonOptions;
  /** Loads the code of the command and runs it; resolves to the exit code. */
  readonly run: (output: Output) => Promise<number>;
}

/** The options of `sync-log mcp`. */
interface McpOptions extends ConnectionOptions {
  readonly printConfig?: HostName;
}

const exampleFields = "status,recordsIngested";

/** An option that takes a duration above 0. */
function durationOption(name: string, description: string): Option {
  return new Option(`${name} <duration>`, description).argParser((text) =>
    parseDuration(text, name, 1),
  );
}

/** An option that takes names, with commas between them or each in an option of its own. */
function namesOption(name: string, description: string, example: string): Option {
  return new Option(`${name} <names>`, description).argParser<readonly string[]>((text, before) => [
    ...(before ?? []),
    ...parseNames(text, name, example),
  ]);
}

function withCommonOptions(command: Command): Command {
  return command
    .option("--api-key <key>", "the API key; QONTEXT_API_KEY is safer, because ps does not show it")
    .option("--base-url <url>", "the address of the API (or QONTEXT_BASE_URL)")
    .addOption(durationOption("--timeout", "how long one request may take, such as 30s or 500ms"))
    .option("--no-color", "no colors (as with NO_COLOR or CI)")
    .option("--quiet", "print errors only; the exit code has the outcome")
    .option("--verbose", "add attempts and causes to errors");
}

/** The options of a command as they were given, but for those that another run of it must not have. */
function collectWords(command: Command, omitted: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const { long, required } of command.options) {
    if (typeof long !== "string" || omitted.includes(long)) continue;
    command.on(`option:${long.slice(2)}`, (value: string) => {
      words.push(long, ...(required ? [value] : []));
    });
  }
  return words;
}

/** The grammar of the command line; its commands are passed to `onParsed`, which runs them later. */
export function createProgram(io: CommandIo, onParsed: (invocation: Invocation) => void): Command {
  const program = new Command("sync-log")
    .description(
      "Qontext sync logs: read one, list those of a workspace, or watch several until they end.",
    )
    .version(packageVersion(new URL("../package.json", import.meta.url)))
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => {},
    })
    .exitOverride()
    .addHelpText("after", exitCodeHelp);
  withCommonOptions(program.command("get"))
    .summary("read one sync log")
    .description("Read one sync log and print it as a card.")
    .argument("<workspaceId>", "ws_…")
    .argument("<id>", "sync_…, or - to read it from standard input")
    .option("--json", "print the log as JSON")
    .addOption(namesOption("--field", "print only these fields, separated by tabs", exampleFields))
    .action((workspaceId: string, id: string, options: GetOptions) =>
      onParsed({
        options,
        run: async (output) => {
          const { getSyncLog } = await import("./commands/get-sync-log.ts");
          return getSyncLog(workspaceId, id, options, output, io);
        },
      }),
    );
  withCommonOptions(program.command("list"))
    .summary("list the sync logs of a workspace")
    .description("List the sync logs of a workspace, those that run first, then the newest.")
    .argument("<workspaceId>", "ws_…")
    .addOption(
      namesOption(
        "--status",
        `only these statuses: ${[...syncLogStatusValues, ...statusGroups].join(", ")}`,
        "failed,stopped",
      ),
    )
    .addOption(
      namesOption(
        "--type",
        `only these types: ${syncLogTypeValues.join(", ")}`,
        syncLogTypeValues.slice(0, 2).join(),
      ),
    )
    .option(
      "--since <when>",
      "only what was created or changed since, such as 2h, 2021-01-31 (in UTC) or 2021-01-31T12:00Z",
      parseSince,
    )
    .option("--limit <number>", "print no more than this many", (text) =>
      parseWholeNumber(text, "--limit", 1),
    )
    .option("--json", "print a JSON array of the logs")
    .addOption(
      namesOption("--field", "print only these fields of each, separated by tabs", exampleFields),
    )
    .addOption(
      new Option("--watch", "show them as they change, and new ones, until Ctrl-C").conflicts([
        "field",
        "limit",
      ]),
    )
    .addOption(durationOption("--interval", "time between lists, with --watch"))
    .action((workspaceId: string, options: ListOptions) =>
      onParsed({
        options,
        run: async (output) => {
          if (options.watch === true) {
            const { watchWorkspace } = await import("./commands/watch-workspace.ts");
            return watchWorkspace(workspaceId, options, output, io);
          }
          const { listSyncLogs } = await import("./commands/list-sync-logs.ts");
          return listSyncLogs(workspaceId, options, output, io);
        },
      }),
    );
  const watch = withCommonOptions(program.command("watch"))
    .summary("follow sync logs until they end")
    .description("Follow sync logs until all of them have ended.")
    .argument("[workspaceId]", "ws_…")
    .argument("[ids...]", "sync_… ids, or - to read them from standard input")
    .option("--all", "watch all syncs that run in the workspace, in place of ids")
    .option("--last", "watch again what was watched last, in place of ids")
    .option("--fail-fast", "stop at the first sync that does not end well")
    .option("--json", "print a line of JSON for each update")
    .addOption(durationOption("--max-wait", "how long to watch, such as 10m (default: 1d)"))
    .addOption(durationOption("--max-failing", "how long polls may fail, such as 1m (default: 5m)"))
    .addOption(durationOption("--interval", "time between polls (default: adapts to the sync)"))
    .action((workspaceId: string | undefined, ids: string[], options: WatchOptions) =>
      onParsed({
        options,
        run: async (output) => {
          const { watchSyncLogs } = await import("./commands/watch-sync-logs.ts");
          return watchSyncLogs(workspaceId, ids, { ...options, words }, output, io);
        },
      }),
    );
  const words = collectWords(watch, ["--api-key", "--last"]);
  const mcp = withCommonOptions(program.command("mcp"))
    .summary("serve the API to agents")
    .description("Serve the API as Model Context Protocol tools over standard input and output.")
    .addOption(
      new Option(
        "--print-config <host>",
        "print what tells a host of this server, with the other options in it",
      ).choices(hostNames),
    )
    .action((options: McpOptions) =>
      onParsed({
        options,
        run: async (output) => {
          if (options.printConfig !== undefined) {
            const { printConfig } = await import("./mcp/print-config.ts");
            return printConfig(options.printConfig, options, mcpWords, output);
          }
          const { serveMcp } = await import("./mcp/serve-mcp.ts");
          return serveMcp(options, output, io);
        },
      }),
    );
  const mcpWords = collectWords(mcp, ["--api-key", "--print-config", "--quiet", "--no-color"]);
  program
    .command("open-reference")
    .description("Open the API reference in the browser.")
    .option("--print", "print its address only")
    .option("--no-color", "no colors")
    .action((options: OpenReferenceOptions) =>
      onParsed({
        options,
        run: async (output) => {
          const { openReference } = await import("./commands/open-reference.ts");
          return openReference(options, output);
        },
      }),
    );
  program
    .command("completion")
    .summary("print a completion script")
    .description("Print a completion script for a shell.")
    .addArgument(new Argument("<shell>").choices(shells))
    .action((shell: Shell) =>
      onParsed({
        options: { color: false },
        run: async () => {
          const { completionScript } = await import("./completion/completion-script.ts");
          io.stdout.write(completionScript(shell, program));
          return exitCode.ok;
        },
      }),
    );
  return program;
}
