import { stripVTControlCharacters } from "node:util";
import type { SyncLogUpdate } from "@qontext/sync-log-client";
import { createLogUpdate } from "log-update";
import type { Output } from "../output.ts";
import { progressFrame } from "./progress-frame.ts";
import { recordsPlot } from "./records-plot.ts";
import type { WatchedLog } from "./watched-log.ts";

/** Shows the progress of a watch. */
export interface WatchDisplay {
  /** Something changed in one log. */
  readonly onUpdate: (id: string, update: SyncLogUpdate) => void;
  /** Prints a line beside the updates. */
  readonly note: (line: string) => void;
  /** No more updates come: draws the final state, and what only the end can show. */
  readonly close: (logs: readonly WatchedLog[]) => void;
}

const redrawEveryMs = 250;
const maxPlots = 3;
const eraseLineAndGoUp = "\u001b[2K\u001b[1A";

function columnsOf({ columns }: NodeJS.WriteStream): number {
  return columns || 80;
}

/** How many more lines a frame takes after the terminal has become narrower and wraps it. */
export function extraLines(picture: string, columns: number): number {
  return stripVTControlCharacters(picture)
    .split("\n")
    .reduce((sum, line) => sum + Math.max(0, Math.ceil(line.length / columns) - 1), 0);
}

/** A display that redraws its frame in place, and ends with a plot of records over time. */
export function createLiveDisplay(
  terminal: NodeJS.WriteStream,
  output: Output,
  currentLogs: () => readonly WatchedLog[],
): WatchDisplay {
  const draw = createLogUpdate(terminal);
  let shown = "";
  const frame = (rows: number): string =>
    output.redactor.text(
      progressFrame(currentLogs(), {
        columns: columnsOf(terminal),
        rows,
        nowMs: performance.now(),
        colors: output.dataColors,
      }),
    );
  const redraw = (): void => {
    shown = frame(terminal.rows || 24);
    draw(shown);
  };
  const timer = setInterval(redraw, redrawEveryMs);
  const onResize = (): void => {
    terminal.write(eraseLineAndGoUp.repeat(extraLines(shown, columnsOf(terminal))));
    draw.clear();
    redraw();
  };
  terminal.on("resize", onResize);
  redraw();
  return {
    onUpdate: redraw,
    note: (line) => {
      draw.persist(output.redactor.text(line));
      redraw();
    },
    close: (logs) => {
      clearInterval(timer);
      terminal.off("resize", onResize);
      draw(frame(Infinity));
      draw.done();
      for (const { points } of logs.slice(0, maxPlots)) {
        const plot = recordsPlot(points, columnsOf(terminal));
        if (plot !== null) terminal.write(`\n${output.dataColors.dim(plot)}\n`);
      }
    },
  };
}
