import { plot } from "simple-ascii-chart";
import type { Point } from "simple-ascii-chart";
import { formatCount, formatDuration } from "../text/format-values.ts";
import { styled } from "../text/styled-line.ts";
import type { Line } from "../text/styled-line.ts";
import { fitMiddle } from "../text/terminal-text.ts";
import type { RecordsPoint, WatchedLog } from "./watched-log.ts";

const height = 6;
const maxPoints = 200;

/** At most `maxPoints` of the points, the first and the last among them. */
function thinOut(points: readonly RecordsPoint[]): readonly RecordsPoint[] {
  if (points.length <= maxPoints) return points;
  const step = (points.length - 1) / (maxPoints - 1);
  return Array.from({ length: maxPoints }, (_, index) => points[Math.round(index * step)]).filter(
    (point) => point !== undefined,
  );
}

/** In tenths of a second while the time is short. */
function axisTime(elapsedMs: number): string {
  return elapsedMs < 10_000 ? `${(elapsedMs / 1000).toFixed(1)} s` : formatDuration(elapsedMs);
}

/** Records over time as a small plot at most `columns` wide, below the id; empty without enough points. */
export function recordsPlot(
  { id, points }: Pick<WatchedLog, "id" | "points">,
  columns: number,
): readonly Line[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || columns < 30) return [];
  const highest = Math.max(...points.map(({ recordsIngested }) => recordsIngested));
  if (points.length < 2 || highest === 0 || last.elapsedMs === first.elapsedMs) return [];
  const label = formatCount(highest).length;
  const text = plot(
    thinOut(points).map(({ elapsedMs, recordsIngested }): Point => [elapsedMs, recordsIngested]),
    {
      width: Math.min(56, columns - label - 16),
      height,
      yRange: [0, highest],
      customYAxisTicks: [0, highest],
      customXAxisTicks: [first.elapsedMs, last.elapsedMs],
      formatter: (value, { axis }) => (axis === "y" ? formatCount(value) : axisTime(value)),
    },
  );
  const lines = text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  return [`Records of ${fitMiddle(id, columns - 11)}`, ...lines].map((line) => [
    styled("dim", line),
  ]);
}
