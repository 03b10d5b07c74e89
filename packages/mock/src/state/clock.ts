/** Where the mock takes the time from. `Date` is one. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
