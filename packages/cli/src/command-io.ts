import type { InputStream } from "./input/read-sync-log-ids.ts";

/** A stream the command writes to; a terminal has a size. */
export type OutputStream =
  | NodeJS.WriteStream
  | (NodeJS.WritableStream & { readonly isTTY?: false });

/** What a command touches of the process. */
export interface CommandIo {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}
