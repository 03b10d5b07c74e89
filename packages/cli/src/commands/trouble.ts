/** Tells of trouble that passes: once for each kind, however many logs have it, until all of them are well again. */
export interface Trouble {
  /** @param code - The kind of the trouble; without it, trouble is of a kind if it is told in the same words. */
  readonly report: (message: string, code?: string) => void;
  /** A log has been read. */
  readonly isWell: (id: string) => void;
}

/** What stands before an id in the messages of the client, and leaves a narrow terminal no room for what is wrong. */
const request = /GET \S+\//u;

/** @param currentIds - Those of the logs that are watched. */
export function createTrouble(
  currentIds: () => readonly string[],
  tell: (message: string) => void,
): Trouble {
  /** The logs that have it, by kind: a service may word its errors anew each time. */
  const troubled = new Map<string, Set<string>>();
  return {
    report(message, code) {
      const id = currentIds().find((one) => message.includes(one)) ?? "";
      const kind = code ?? (id === "" ? message : message.replaceAll(id, ""));
      const having = troubled.get(kind);
      if (having === undefined) {
        troubled.set(kind, new Set([id]));
        tell(id === "" ? message : message.replace(request, ""));
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
