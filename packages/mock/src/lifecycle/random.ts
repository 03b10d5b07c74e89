/** A source of random numbers, the same for the same seed. */
export interface Random {
  /** The next number, from 0 up to but not including 1. */
  next(): number;
}

/** Random numbers from a seed of any text (the xmur3 hash, then the sfc32 generator; both are in the public domain). */
export function createRandom(seed: string): Random {
  const hash = createHash(seed);
  let a = hash();
  let b = hash();
  let c = hash();
  let counter = 1;
  return {
    next() {
      const sum = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      return (sum >>> 0) / 2 ** 32;
    },
  };
}

function createHash(text: string): () => number {
  let state = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 3_432_918_353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = Math.imul(state ^ (state >>> 16), 2_246_822_507);
    state = Math.imul(state ^ (state >>> 13), 3_266_489_909);
    state ^= state >>> 16;
    return state >>> 0;
  };
}

/** Hex digits from a random source. */
export function randomHex(random: Random, digits: number): string {
  let text = "";
  while (text.length < digits) text += Math.floor(random.next() * 16).toString(16);
  return text;
}
