import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Measured } from "./measure-fault.ts";
import type { Soaked } from "./soak.ts";

const seconds = (ms: number | null): string => (ms === null ? "–" : `${(ms / 1000).toFixed(1)} s`);

const page = new URL("../../../packages/watcher/FAULTS.md", import.meta.url);
const soakHeading = "## One fault after another";

/** Writes its part of the page, where that was asked for, and leaves the other. */
export function writePage(part: "table" | "soak", text: string): void {
  if (process.env["WRITE_TABLE"] === undefined) return;
  const [table = "", soak = ""] = readFileSync(page, "utf8").split(soakHeading);
  const parts = part === "table" ? [text, soak] : [table, text.replace(soakHeading, "")];
  writeFileSync(page, `${parts.map((one) => one.trim()).join(`\n\n${soakHeading}\n\n`)}\n`);
}

export function serverVersion(): string {
  const server = execFileSync("redis-server", ["--version"], { encoding: "utf8" });
  return `Redis ${/v=(\S+)/u.exec(server)?.[1] ?? ""}`;
}

/** The part of the soak. */
export function renderSoak(soaked: Soaked, minutes: number, seed: number): string {
  const { watches, faults, lost, repeated, doubled, logLines } = soaked;
  const counts = new Map<string, number>();
  for (const name of faults) counts.set(name, (counts.get(name) ?? 0) + 1);
  const injected = [...counts].map(([name, count]) => `${name} ${count}×`).join(", ");
  return `${soakHeading}

Written by \`WRITE_TABLE=1 SOAK_MINUTES=${minutes} SOAK_SEED=${seed} pnpm test:redis-faults soak\` with ${serverVersion()}: ${minutes} minutes,
${watches} watches, three workers, ${faults.length} faults in an order that follows from the seed (${injected}), while syncs end.

| lost | repeated, same key | doubled, other key | log lines of a worker, a minute (≤ 60) |
| ---: | ---: | ---: | ---: |
| ${lost} | ${repeated} | ${doubled} | ${Math.round(logLines / 3 / minutes)} |
`;
}

/** The part of the table of faults. */
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
