/** `Retry-After in dates` → `retry-after-in-dates`, as GitHub makes the anchors of headings. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
    .trim()
    .replace(/\s/gu, "-");
}
