/** Standard input, as far as it is used. */
export interface InputStream extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean | undefined;
}

/** A stream the command writes to; a terminal has a size. */
export type OutputStream =
  | NodeJS.WriteStream
  | (NodeJS.WritableStream & { readonly isTTY?: false });

/** The parts of the process that a command uses. */
export interface CommandIo {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}
