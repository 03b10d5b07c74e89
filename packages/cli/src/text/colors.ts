import picocolors from "picocolors";

/** Functions that color text, or leave it alone where there are to be no colors. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** The colors for a stream that may have them or not. */
export function createColors(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}

/** A status in the color that says how it stands. */
export function colorStatus(status: string, text: string, colors: Colors): string {
  switch (status) {
    case "completed":
      return colors.green(text);
    case "failed":
      return colors.red(text);
    case "stopped":
      return colors.yellow(text);
    case "skipped":
      return colors.dim(text);
    default:
      return colors.cyan(text);
  }
}
