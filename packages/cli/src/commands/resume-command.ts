/** A word as a POSIX shell reads it back. */
function quote(word: string): string {
  return /^[\w./:@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command that goes on with a watch. The key is never part of it. */
export function resumeCommand(
  workspaceId: string,
  ids: readonly string[],
  baseUrl: string | undefined,
): string {
  const words = ["sync-log", "watch", workspaceId, ...ids];
  return [...words, ...(baseUrl === undefined ? [] : ["--base-url", baseUrl])].map(quote).join(" ");
}
