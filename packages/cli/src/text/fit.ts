/** At most `width` characters: what is too long loses its middle, because ids differ at both ends. */
export function fitMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width < 5) return text.slice(0, Math.max(0, width));
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** At most `width` characters: what is too long loses its beginning, because the end is the newest. */
export function fitEnd(text: string, width: number): string {
  if (text.length <= width) return text;
  return width < 1 ? "" : `…${text.slice(text.length - width + 1)}`;
}
