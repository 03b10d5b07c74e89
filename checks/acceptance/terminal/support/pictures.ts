import { join } from "node:path";

/** Of terminals, each as columns and rows. */
export const sizes: readonly (readonly [columns: number, rows: number])[] = [
  [80, 24],
  [120, 40],
  [40, 12],
];

/** Told apart at both ends, as real ones are. */
export function idOf(index: number): string {
  const digits = ((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0");
  return `sync_${digits}-b98d-4fd9-b2ce-5a8b${digits.split("").toReversed().join("")}`;
}

/** A picture without the times, which differ. */
export function timeless(screen: readonly string[]): string {
  return `${screen.join("\n").replaceAll(/\b\d+(?: m \d\d)? s\b/gu, "# s")}\n`;
}

export function picture(name: string): string {
  return join(import.meta.dirname, "..", "pictures", `${name}.txt`);
}

/** Whether the shell waits for the next command. */
export function isReady(screen: readonly string[]): boolean {
  return screen.at(-1) === "$";
}
