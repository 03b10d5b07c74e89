import { verification } from "./mutants/start-provider.ts";
import { runCli } from "../src/cli/run-cli.ts";

/** What a command wrote, and its exit code. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line in this process. */
export async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stop: AbortSignal = new AbortController().signal,
  onOut: (text: string) => void = () => {},
): Promise<CommandResult> {
  let [out, error] = ["", ""];
  const code = await runCli(argv, {
    env,
    hasColor: false,
    hasLiveErrors: false,
    stop,
    writeOut: (text) => {
      out += text;
      onOut(text);
    },
    writeError: (text) => (error += text),
  });
  return { code, out, error };
}

/** The options that name the resources of the provider. */
export const resources: readonly string[] = [
  "--workspace",
  verification.workspace ?? "",
  ...(verification.syncLogs ?? []).flatMap((id) => ["--sync-log", id]),
];

/** The environment with the provider's key. */
export const keyed: Readonly<Record<string, string>> = {
  QONTEXT_API_KEY: verification.apiKey ?? "",
};
