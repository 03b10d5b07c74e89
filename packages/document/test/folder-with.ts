import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { onTestFinished } from "vitest";
import { DocumentError } from "../src/index.ts";

/** Writes files into a new folder, which goes with the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = scratchFolder(files);
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

/** The error that loading fails with. */
export async function failureOf(load: Promise<unknown>): Promise<DocumentError> {
  const error: unknown = await load.catch((reason: unknown) => reason);
  if (!(error instanceof DocumentError)) throw new Error(`not a DocumentError: ${String(error)}`);
  return error;
}
