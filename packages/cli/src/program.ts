import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command } from "commander";
import type { GetOptions } from "./commands/get-sync-log.ts";
import type { OpenReferenceOptions } from "./commands/open-reference.ts";
import type { WatchOptions } from "./commands/watch-sync-logs.ts";
import { completionScript, shells } from "./completion/completion-script.ts";
import type { Shell } from "./completion/completion-script.ts";
import { describeCommands } from "./completion/describe-commands.ts";
import type { CommandIo } from "./command-io.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import { parseDuration } from "./input/parse-duration.ts";
import { UsageError } from "./usage-error.ts";

/** A command line, understood: what to run. The commands themselves are loaded when they run. */
export type Invocation =
  | {
      readonly command: "get";
      readonly workspaceId: string;
      readonly id: string;
      readonly options: GetOptions;
    }
  | {
      readonly command: "watch";
      readonly workspaceId: string;
      readonly ids: readonly string[];
      readonly options: WatchOptions;
    }
  | { readonly command: "mcp"; readonly options: ConnectionOptions }
  | {
      readonly command: "open-reference";
      readonly options: OpenReferenceOptions & { readonly color: boolean };
    };

const exitCodeHelp = `
Exit codes:
  0 completed or skipped   10 failed   11 stopped   12 still running at the maximum wait
  2 usage   3 authentication   4 not found   130 Ctrl-C   1 anything else`;

function withCommonOptions(command: Command): Command {
  return command
    .option(
      "--api-key <key>",
      "the API key; better kept in QONTEXT_API_KEY, where ps does not show it",
    )
    .option("--base-url <url>", "where the API is (or QONTEXT_BASE_URL)")
    .option("--timeout <duration>", "of one request, as 30s or 500ms", parseDuration)
    .option("--no-color", "no colors (NO_COLOR and CI say so too)")
    .option("--quiet", "print errors only; the exit code tells the rest")
    .option("--verbose", "add attempts and cause to errors");
}

function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"),
  );
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function parseFields(text: string): readonly string[] {
  const fields = text.split(",").map((field) => field.trim());
  if (fields.includes("")) {
    throw new UsageError(
      "--field wants names with commas between them, as status,recordsIngested.",
    );
  }
  return fields;
}

/** The command line's grammar; `run` gets what it is understood as. */
export function createProgram(io: CommandIo, run: (invocation: Invocation) => void): Command {
  const program = new Command("sync-log")
    .description("Qontext sync logs: read one, or watch several until they end.")
    .version(version())
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
    .option(
      "--field <names>",
      "print only these fields, as status,recordsIngested; tabs between them",
      parseFields,
    )
    .action((workspaceId: string, id: string, options: GetOptions) =>
      run({ command: "get", workspaceId, id, options }),
    );
  withCommonOptions(program.command("watch"))
    .summary("follow sync logs until they end")
    .description("Follow sync logs until they have all ended.")
    .argument("<workspaceId>", "ws_…")
    .argument("<ids...>", "sync_… ids, or - to read them from standard input")
    .option("--json", "print a line of JSON for each update")
    .option("--max-wait <duration>", "how long to watch, as 10m; a day unless given", parseDuration)
    .option(
      "--interval <duration>",
      "between two polls; adapts to the sync unless given",
      parseDuration,
    )
    .action((workspaceId: string, ids: string[], options: WatchOptions) =>
      run({ command: "watch", workspaceId, ids, options }),
    );
  withCommonOptions(program.command("mcp"))
    .summary("serve the API to agents")
    .description("Serve the API as Model Context Protocol tools over standard input and output.")
    .action((options: ConnectionOptions) => run({ command: "mcp", options }));
  program
    .command("open-reference")
    .description("Open the API reference in the browser.")
    .option("--print", "print its address only")
    .option("--no-color", "no colors")
    .action((options: OpenReferenceOptions & { color: boolean }) =>
      run({ command: "open-reference", options }),
    );
  program
    .command("completion")
    .summary("print a completion script")
    .description("Print a completion script for a shell.")
    .addArgument(new Argument("<shell>").choices(shells))
    .action((shell: Shell) => {
      io.stdout.write(completionScript(shell, describeCommands(program)));
    });
  return program;
}
