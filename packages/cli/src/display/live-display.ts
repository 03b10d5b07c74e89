import { exitCode } from "../exit-code.ts";
import type { Output } from "../output.ts";
import type { Line } from "../text/styled-line.ts";
import type { DisplayOptions } from "./open-display.ts";
import { recordsPlot } from "./records-plot.ts";
import { createEndingNotes } from "./watch-display.ts";
import type { WatchDisplay } from "./watch-display.ts";
import { watchPicture } from "./watch-picture.ts";
import type { WatchedLog } from "./watched-log.ts";

const redrawEveryMs = 250;
const maxPlots = 3;
const maxShownNotes = 2;
/** A watch may go on for a day. */
const maxHeldNotes = 50;

/** The other screen, on which nothing wraps, nothing is left of a smaller window, and what was there before is not lost. */
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
/** Cleared before, as tmux keeps lines of it where the window has become higher meanwhile. */
const leave = "\u001b[H\u001b[2J\u001b[?7h\u001b[?25h\u001b[?1049l";
const clearLine = "\u001b[2K";
const clearBelow = "\r\n\u001b[J";
/** Between these, a terminal shows nothing that is half drawn. */
const synchronized = ["\u001b[?2026h\u001b[H", "\u001b[?2026l"] as const;

/** Draws pictures on the other screen of a terminal, until it is closed; also across Ctrl-Z. */
function openScreen(
  terminal: NodeJS.WriteStream,
  draw: () => readonly string[],
): { close(): void } {
  let shown = "";
  let isOpen = false;
  const redraw = (): void => {
    // The timer may fire before the process has stopped, and before it hears that it goes on.
    if (!isOpen) return;
    const lines = draw();
    const picture = lines.map((line) => clearLine + line).join("\r\n");
    if (picture === shown) return;
    shown = picture;
    const below = lines.length < terminal.rows ? clearBelow : "";
    terminal.write(synchronized.join(picture + below));
  };
  const open = (): void => {
    isOpen = true;
    shown = "";
    terminal.write(enter);
    redraw();
  };
  const onResize = (): void => {
    shown = "";
    redraw();
  };
  const onExit = (): void => void terminal.write(leave);
  const onSuspend = (): void => {
    isOpen = false;
    terminal.write(leave);
    // Without a listener the signal does what it does to every process.
    process.off("SIGTSTP", onSuspend);
    process.kill(process.pid, "SIGTSTP");
  };
  const onContinue = (): void => {
    process.off("SIGTSTP", onSuspend).on("SIGTSTP", onSuspend);
    open();
    // A new size of the window is told to what is in the foreground alone: asks Node.js for the size, as it does then.
    process.kill(process.pid, "SIGWINCH");
  };
  open();
  const timer = setInterval(redraw, redrawEveryMs);
  terminal.on("resize", onResize);
  process.on("exit", onExit);
  process.on("SIGTSTP", onSuspend).on("SIGCONT", onContinue);
  return {
    close() {
      clearInterval(timer);
      terminal.off("resize", onResize);
      process.off("exit", onExit);
      process.off("SIGTSTP", onSuspend).off("SIGCONT", onContinue);
      terminal.write(leave);
    },
  };
}

/** A display that shows all logs as one picture, and leaves the last one, whole, with plots of records over time. */
export function createLiveDisplay(
  terminal: NodeJS.WriteStream,
  output: Output,
  { stderr }: Pick<NodeJS.Process, "stderr">,
  currentLogs: () => readonly WatchedLog[],
  { verbose: isVerbose = false, isBoard = false }: DisplayOptions,
): WatchDisplay {
  const held: Line[] = [];
  const endings = createEndingNotes(isVerbose);
  const boardSinceMs = isBoard ? performance.now() : undefined;
  const picture = (rows: number, notes: readonly Line[]): readonly Line[] =>
    watchPicture(
      { logs: currentLogs(), nowMs: performance.now(), notes, boardSinceMs },
      // A terminal that does not know its size reports 0.
      { columns: terminal.columns || 80, rows },
    );
  const screen = openScreen(terminal, () =>
    picture(terminal.rows || 24, held.slice(-maxShownNotes)).map(output.shown),
  );
  // Elsewhere, lines do not disturb the picture.
  const isOnScreen = stderr.isTTY;
  return {
    onUpdate: () => {},
    onEnding: (log) => {
      if (!isOnScreen) endings.of(log).forEach(output.note);
    },
    note: (line) => {
      held.push(line);
      if (held.length > maxHeldNotes) held.shift();
      if (!isOnScreen) output.note(line);
    },
    close: (logs) => {
      screen.close();
      picture(isBoard ? (terminal.rows || 24) - 1 : Infinity, []).forEach(output.data);
      if (logs.length <= maxPlots) {
        for (const log of logs) {
          const plot = recordsPlot(log, terminal.columns || 80);
          if (plot.length > 0) [[], ...plot].forEach(output.data);
        }
      }
      if (isOnScreen) {
        held.forEach(output.note);
        // The picture says of the others where they stand.
        for (const log of logs) {
          const isKnown = log.ending === null || log.ending.exitCode === exitCode.stillRunning;
          if (!isKnown) endings.of(log).forEach(output.note);
        }
      }
      endings.rest().forEach(output.note);
    },
  };
}
