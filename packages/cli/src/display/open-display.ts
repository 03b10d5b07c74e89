import type { CommandIo, Output } from "../output.ts";
import { createLineDisplay } from "./watch-display.ts";
import type { LineDisplayOptions, WatchDisplay } from "./watch-display.ts";
import type { WatchedLog } from "./watched-log.ts";

/** The options of a display of any kind. */
export interface DisplayOptions extends LineDisplayOptions {
  /** Whether it is a board, on which logs appear: it shows no more than fits onto the terminal. */
  readonly isBoard?: boolean;
}

/** A picture that moves on a terminal that can show one, whose code is loaded only there, or else lines. */
export async function openDisplay(
  output: Output,
  io: CommandIo,
  currentLogs: () => readonly WatchedLog[],
  options: DisplayOptions,
): Promise<WatchDisplay> {
  const { liveTerminal } = output;
  if (liveTerminal === null || options.json === true) {
    return createLineDisplay(output, io.env, options);
  }
  const { createLiveDisplay } = await import("./live-display.ts");
  return createLiveDisplay(liveTerminal, output, io, currentLogs, options);
}
