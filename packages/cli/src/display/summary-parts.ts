import { styled } from "../text/styled-line.ts";
import type { Line, Style } from "../text/styled-line.ts";

/** One of the syncs that are counted. */
export interface CountedSync {
  readonly status: string;
  readonly style: Style;
  readonly isRunning: boolean;
}

/** What deserves attention first. */
const styleOrder: readonly Style[] = ["red", "yellow", "cyan", "green", "dim"];

/** `200 syncs: 150 running, 2 failed, 48 completed`. */
export function summaryParts(syncs: readonly CountedSync[]): Line {
  const counts = new Map<string, { readonly style: Style; count: number }>();
  for (const { status, style } of syncs.filter(({ isRunning }) => !isRunning)) {
    const seen = counts.get(status) ?? { style, count: 0 };
    counts.set(status, seen);
    seen.count += 1;
  }
  const ended = [...counts].toSorted(
    ([, a], [, b]) => styleOrder.indexOf(a.style) - styleOrder.indexOf(b.style),
  );
  const running = syncs.filter(({ isRunning }) => isRunning).length;
  const parts = [
    ...(running > 0 ? [styled("cyan", `${running} running`)] : []),
    ...ended.map(([status, { style, count }]) => styled(style, `${count} ${status}`)),
  ];
  return [
    styled(
      "bold",
      `${syncs.length} ${syncs.length === 1 ? "sync" : "syncs"}${parts.length === 0 ? "" : ": "}`,
    ),
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part])),
  ];
}
