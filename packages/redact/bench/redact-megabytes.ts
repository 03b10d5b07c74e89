import { createRedactor } from "../src/index.ts";

const keys: readonly (readonly [name: string, key: string])[] = [
  ["22 characters", "q_sk_test_4f8a1c7d9e2b"],
  ["8,000 times a", "a".repeat(8000)],
];

const parts: readonly (readonly [name: string, part: string])[] = [
  ["prose", "The service answered that the sync log is not there. "],
  ["JSON in JSON", String.raw`{\"status\":\"ingesting\",\"total\":12},`],
  ["percent signs", "%25"],
  ["entities", "&amp;"],
  ["the letter a", "a"],
];

function timeMs(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const startedAtMs = performance.now();
    work();
    return performance.now() - startedAtMs;
  });
  return Math.min(...times);
}

console.log("| key | text | 150 characters | 1 MB | 10 MB |\n| --- | --- | --: | --: | --: |");
for (const [keyName, key] of keys) {
  for (const [partName, part] of parts) {
    const { add, text } = createRedactor();
    add(key);
    const cells = [1_000_000, 10_000_000].map((length) => {
      const long = part.repeat(length / part.length);
      return `${timeMs(() => text(long)).toFixed(0)} ms`;
    });
    const short = part.repeat(150).slice(0, 150);
    const microseconds =
      timeMs(() => {
        for (let index = 0; index < 10_000; index += 1) text(short);
      }) / 10;
    console.log(
      `| ${keyName} | ${partName} | ${microseconds.toFixed(1)} µs | ${cells.join(" | ")} |`,
    );
  }
}
