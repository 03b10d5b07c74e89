/** A sync that the mock serves from the start. */
export interface ReadySync {
  readonly workspaceId: string;
  readonly id: string;
  readonly status: string;
  /** The current status and those to come. */
  readonly ahead: readonly string[];
}

/** What the command prints when it is ready. */
export interface ReadyReport {
  readonly url: string;
  readonly page: string;
  /** A curl command line to copy. */
  readonly curl: string;
  readonly syncs: readonly ReadySync[];
  /** Whether other machines can reach it. */
  readonly isPublic: boolean;
}

/** The report as lines for a person. */
export function readyText({ url, page, curl, syncs, isPublic }: ReadyReport): string {
  const lines = [`sync-log-mock is ready at ${url}`, `  page  ${page}`, `  try   ${curl}`];
  for (const { workspaceId, id, ahead } of syncs) {
    lines.push(`  sync  ${workspaceId} ${id}  ${ahead.join(" → ")}`);
  }
  if (isPublic) {
    lines.push(
      "  Warning: it listens beyond loopback. Any machine that can reach this one can use it and its control interface.",
    );
  }
  return `${lines.join("\n")}\n`;
}
