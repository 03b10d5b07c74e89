import type { Behavior } from "./behavior.ts";

/** A correct provider that is not the plain one. */
export interface Variant {
  readonly id: string;
  readonly does: string;
  readonly behavior: Behavior;
  /** Checks that warn of it, and no more. @default none */
  readonly warnings?: readonly string[];
}
