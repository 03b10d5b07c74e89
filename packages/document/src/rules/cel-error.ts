/** The library's errors carry a `summary` beside a message that draws the source on several lines. */
export function describeCelError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "summary" in error && typeof error.summary === "string" ? error.summary : error.message;
}
