import { printable } from "../text/printable.ts";

/** Tells of trouble that passes: each message once, until an update shows that it has passed. */
export interface TroubleNotes {
  readonly onTrouble: (message: string) => void;
  readonly onUpdate: () => void;
}

export function createTroubleNotes(note: (line: string) => void): TroubleNotes {
  const told = new Set<string>();
  return {
    onTrouble(message) {
      const line = printable(message);
      if (told.has(line)) return;
      told.add(line);
      note(`sync-log: ${line}`);
    },
    onUpdate: () => told.clear(),
  };
}
