import { measureColdImport } from "./cold-import.ts";
import { measureInstall } from "./install.ts";
import { measureLoopback } from "./loopback.ts";
import { measureManyWaits } from "./many-waits.ts";
import type { Effort } from "./measure.ts";
import { measureOneCall } from "./one-call.ts";
import { measureSizes } from "./sizes.ts";

/** A part of `RESULTS.md`. */
export interface Section {
  readonly title: string;
  /** What to know before reading the table. */
  readonly note: string;
  /** Measures no time, so that it is the same on every machine. */
  readonly isTimeless?: true;
  readonly measure: (effort: Effort) => string | Promise<string>;
}

/** What is measured, in the order of the page. */
export const sections: readonly Section[] = [
  {
    title: "One call over a stubbed fetch",
    note: "The stub's response has the headers of a real one. A timer that is not due runs beside, as in every process with connections.",
    measure: measureOneCall,
  },
  {
    title: "Loopback",
    note: "Calls one after the other, and 50 at a time: more is faster. Ending a request takes a signal: the second row is the least that this costs.",
    measure: measureLoopback,
  },
  {
    title: "Size, minified and gzipped",
    note: "What a browser's bundle grows by.",
    isTimeless: true,
    measure: measureSizes,
  },
  {
    title: "Install",
    note: "As unpacked, with all that it depends on.",
    isTimeless: true,
    measure: measureInstall,
  },
  {
    title: "Cold import",
    note: "In a new process each. Finding an empty package alone takes 1 to 2 ms.",
    measure: measureColdImport,
  },
  {
    title: "Many waits at once",
    note: "Over a stubbed fetch, in one process, each wait for a sync log of its own.",
    measure: measureManyWaits,
  },
];
