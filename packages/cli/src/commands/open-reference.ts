import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import open from "open";
import type { CommonOptions } from "../connection.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Output } from "../output.ts";

/** The options of `sync-log open-reference`. */
export interface OpenReferenceOptions extends CommonOptions {
  readonly print?: boolean;
}

const referenceFile = join(import.meta.dirname, "..", "reference", "index.html");

/** Opens the API reference of this package in the browser, and prints its address. */
export async function openReference(
  { print }: OpenReferenceOptions,
  output: Output,
): Promise<ExitCode> {
  if (!existsSync(referenceFile)) {
    throw new Error(`The reference is missing at ${referenceFile}: reinstall the package.`);
  }
  const { href } = pathToFileURL(referenceFile);
  output.data([href]);
  if (print !== true) {
    const browser = await open(href);
    browser.on("error", (error) =>
      output.note([`Cannot open a browser (${error.message}): open ${href} yourself.`]),
    );
  }
  return exitCode.ok;
}
