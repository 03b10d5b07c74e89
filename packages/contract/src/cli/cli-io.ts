/** What a command reads and writes beside the network and the files it is told about. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly hasColor: boolean;
  /** Fires when the user asks a command that runs on to come to its end. */
  readonly stop: AbortSignal;
}
