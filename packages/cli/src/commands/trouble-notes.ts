import { printable } from "../text/terminal-text.ts";

/** Reports transient trouble: each message once, until an update shows that it is over. */
export interface TroubleNotes {
  readonly onTrouble: (message: string) => void;
  readonly onUpdate: () => void;
}

export function createTroubleNotes(note: (line: string) => void): TroubleNotes {
  const reported = new Set<string>();
  return {
    onTrouble(message) {
      const line = printable(message);
      if (reported.has(line)) return;
      reported.add(line);
      note(`sync-log: ${line}`);
    },
    onUpdate: () => reported.clear(),
  };
}
