import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "../connection.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Output } from "../output.ts";
import { hosts, serverCommand } from "./host-config.ts";
import type { HostName } from "./host-config.ts";

/** Prints the configuration of a host on standard output, and where it belongs on standard error. It never has the key in it. */
export function printConfig(
  name: HostName,
  { quiet }: ConnectionOptions,
  optionWords: readonly string[],
  output: Output,
): ExitCode {
  const manifest = new URL("../../package.json", import.meta.url);
  const { name: packageName }: { name: string } = JSON.parse(readFileSync(manifest, "utf8"));
  const { file, config, note } = hosts[name];
  for (const line of config(serverCommand(packageName, optionWords, process.platform)).split(
    "\n",
  )) {
    output.data([line]);
  }
  if (quiet !== true) output.note([`For ${file}. ${note}`]);
  return exitCode.ok;
}
