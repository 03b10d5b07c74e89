/** Tells of trouble that passes: once for each kind, however many logs have it, until all of them are well again. */
export interface Trouble {
  readonly report: (message: string) => void;
  /** A log has been read. */
  readonly isWell: (id: string) => void;
}

export function createTrouble(ids: readonly string[], tell: (message: string) => void): Trouble {
  /** The logs that have it, by the message without the id in it. */
  const troubled = new Map<string, Set<string>>();
  return {
    report(message) {
      const id = ids.find((one) => message.includes(one)) ?? "";
      const kind = id === "" ? message : message.replaceAll(id, "");
      const having = troubled.get(kind);
      if (having === undefined) {
        troubled.set(kind, new Set([id]));
        tell(message);
      } else {
        having.add(id);
      }
    },
    isWell(id) {
      for (const [kind, having] of troubled) {
        having.delete(id);
        if (having.size === 0) troubled.delete(kind);
      }
    },
  };
}
