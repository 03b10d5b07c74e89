import { stripVTControlCharacters } from "node:util";

// Control characters and the bidirectional overrides: text of a server must not move a cursor or reverse a line.
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** Text from elsewhere on one line, without anything that a terminal would act on. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(unprintable, " ").trim();
}
