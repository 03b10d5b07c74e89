/** What a command reads and writes, apart from the network and the files named on its command line. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly hasColor: boolean;
  /** Aborted when the user stops a command that runs until then. */
  readonly stop: AbortSignal;
}
