const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of `width` characters, filled to `percent` in steps of an eighth; empty dots while the percentage is unknown. */
export function progressBar(percent: number | null, width: number): string {
  if (percent === null) return "·".repeat(width);
  const steps = Math.floor((Math.min(100, Math.max(0, percent)) / 100) * width * 8);
  const full = Math.floor(steps / 8);
  const part = eighths[steps % 8] ?? "";
  return `${"█".repeat(full)}${part}`.padEnd(width, "░");
}
