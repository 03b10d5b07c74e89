import { createHash } from "node:crypto";

/** A source of random numbers, the same for the same seed. */
export interface Random {
  /** The next number, from 0 up to but not including 1. */
  next(): number;
}

/** Random numbers from a seed of any text. */
export function createRandom(seed: string): Random {
  let count = 0;
  const next = (): number => {
    count += 1;
    return Number.parseInt(randomHex(`${seed}/${count}`).slice(0, 12), 16) / 2 ** 48;
  };
  return { next };
}

/** Items in a random order. */
export function shuffle<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const drawn = items.map((item) => ({ item, at: random.next() }));
  return drawn.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

/** 64 hex digits that depend on nothing but the seed. */
export function randomHex(seed: string): string {
  return createHash("sha256").update(seed).digest("hex");
}
