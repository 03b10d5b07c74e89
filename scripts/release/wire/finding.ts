import type { Direction } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import type { Verdict } from "./verdict.ts";

/** Something that differs between two documents. */
export interface Finding {
  /** The stable name of what changed, without the direction: `max-length-decreased`. */
  readonly id: string;
  readonly direction: Direction | undefined;
  /** What it does to the values that are exchanged; undefined for what is no set of values. */
  readonly effect: Effect;
  /** Where the law of variance does not decide. */
  readonly verdict?: Verdict | undefined;
  /** Which of the two documents the pointer is of. */
  readonly side: "base" | "revision";
  readonly pointer: string;
  /** What happened: `maxLength` goes from 20 to 10. */
  readonly what: string;
}
