import type { Clock } from "../clock.ts";

/** A timer for the first of several moments. */
export class Alarm {
  readonly #clock: Clock;
  readonly #onTime: () => void;
  #timer: unknown;
  #atMs = Infinity;

  constructor(clock: Clock, onTime: () => void) {
    this.#clock = clock;
    this.#onTime = onTime;
  }

  /** What it is set to; `Infinity` where it isn't. */
  get atMs(): number {
    return this.#atMs;
  }

  /** Sets it, unless it is set to an earlier moment. */
  setAt(atMs: number): void {
    if (atMs >= this.#atMs) return;
    this.clear();
    this.#atMs = atMs;
    this.#timer = this.#clock.setTimeout(this.#onTime, Math.max(0, atMs - this.#clock.nowMs()));
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#atMs = Infinity;
  }
}
