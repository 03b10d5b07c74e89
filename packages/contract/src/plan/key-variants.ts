import { Buffer } from "node:buffer";
import { seededHex } from "./absent-value.ts";

/** Credentials that resemble a key. */
export interface KeyVariants {
  readonly wrong: string;
  /** All but the last character. */
  readonly prefix: string;
  /** All but the first character. */
  readonly suffix: string;
  readonly extended: string;
  /** In the other letter case; the key itself if it has no letters. */
  readonly otherCase: string;
  /** With its first character in the other letter case; the key itself if that is no letter. */
  readonly otherCasePart: string;
  /** With all that its kind has in common in upper case; the key itself if there is nothing. */
  readonly otherCasePrefix: string;
  /** Every character in percent-encoding. */
  readonly percentEncoded: string;
}

/** The wrong keys that are sent instead of a key. */
export function keyVariants(key: string, seed: number): KeyVariants {
  const hex = seededHex(seed, "wrong key");
  const start = /^[a-z]+(?:_[a-z]+)*_/.exec(key)?.[0] ?? "";
  const upper = key.toUpperCase();
  return {
    wrong: `${start}${hex.slice(0, 32)}`,
    prefix: key.slice(0, -1),
    suffix: key.slice(1),
    extended: `${key}0`,
    otherCase: upper === key ? key.toLowerCase() : upper,
    otherCasePart: `${swapCase(key.slice(0, 1))}${key.slice(1)}`,
    otherCasePrefix: `${start.toUpperCase()}${key.slice(start.length)}`,
    percentEncoded: `%${Buffer.from(key).toString("hex").match(/../g)?.join("%") ?? ""}`,
  };
}

function swapCase(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}
