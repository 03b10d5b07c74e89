import type { Measured } from "./measure-fault.ts";

const seconds = (ms: number | null): string => (ms === null ? "–" : `${(ms / 1000).toFixed(1)} s`);

/** The page of all faults. */
export function renderTable(rows: readonly Measured[], server: string): string {
  const lines = rows.map((row) =>
    [
      `**${row.fault}**: ${row.cause}`,
      row.lost,
      row.repeated,
      row.doubled,
      row.toldAfterMs === null ? "well" : `${seconds(row.toldAfterMs)}: ${excerpt(row.reason)}`,
      seconds(row.wellAfterMs),
      row.logLinesPerMinute,
      row.idleCpuPercent === null ? "at work" : `${row.idleCpuPercent} %`,
      seconds(row.firstPollAfterMs),
      seconds(row.exitAfterMs),
      row.short.length === 0 ? "kept" : `**short: ${row.short.join(", ")}**`,
    ].join(" | "),
  );
  return `# What becomes of the promises when Redis fails

Written by \`WRITE_TABLE=1 pnpm test:redis-faults\` with ${server}: for each fault a Redis of its own, three workers as processes, thirty
watches. A third of the syncs end while the fault lasts, twenty seconds; one worker is told to stop in the middle of it. Then the
fault ends, and so do the other syncs.

| fault | lost | repeated, same key | doubled, other key | \`/readyz\` said so after | and was well again after | log lines a minute (≤ 60) | CPU of an idle worker (≤ 5 %) | first poll after the fault (≤ 10 s) | end after SIGTERM (≤ 4.5 s) | promises |
| --- | --: | --: | --: | --- | --: | --: | --: | --: | --: | --- |
${lines.map((line) => `| ${line} |`).join("\n")}
`;
}

function excerpt(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return short.replaceAll("|", "/").replaceAll(/:\d{4,5}/gu, "");
}
