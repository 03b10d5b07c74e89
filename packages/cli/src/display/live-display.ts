import { createLogUpdate } from "log-update";
import type { Output } from "../output.ts";
import { progressFrame } from "./progress-frame.ts";
import { recordsPlot } from "./records-plot.ts";
import type { WatchDisplay } from "./watch-display.ts";
import type { WatchedLog } from "./watched-log.ts";

const redrawEveryMs = 250;
const maxPlots = 3;

/** A picture on the terminal that changes in place, and at the end a plot of records over time. */
export function createLiveDisplay(
  terminal: NodeJS.WriteStream,
  output: Output,
  currentLogs: () => readonly WatchedLog[],
): WatchDisplay {
  const draw = createLogUpdate(terminal);
  const frame = (rows: number): string =>
    output.scrub(
      progressFrame(currentLogs(), {
        columns: terminal.columns || 80,
        rows,
        nowMs: performance.now(),
        colors: output.dataColors,
      }),
    );
  const redraw = (): void => draw(frame(terminal.rows || 24));
  const timer = setInterval(redraw, redrawEveryMs);
  // Lines drawn for a wider terminal wrap in a narrower one: what they covered can't be told, so the screen starts anew.
  const onResize = (): void => {
    draw.clear();
    redraw();
  };
  terminal.on("resize", onResize);
  redraw();
  return {
    onUpdate: redraw,
    close: (logs) => {
      clearInterval(timer);
      terminal.off("resize", onResize);
      draw(frame(Infinity));
      draw.done();
      for (const { points } of logs.slice(0, maxPlots)) {
        const plot = recordsPlot(points, terminal.columns || 80);
        if (plot !== null) terminal.write(`\n${output.dataColors.dim(plot)}\n`);
      }
    },
  };
}
