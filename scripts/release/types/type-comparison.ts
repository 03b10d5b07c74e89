import type ts from "typescript";
import type { Direction } from "@qontext/sync-log-document";
import type { SurfaceReporter } from "./surface-reporter.ts";

/** Compares two types found at a place, and reports what a consumer would notice. */
export type CompareTypes = (
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  comparison: TypeComparison,
) => void;

/** What comparing one pair of types needs. */
export interface TypeComparison {
  readonly checker: ts.TypeChecker;
  readonly reporter: SurfaceReporter;
  /** For each type of the base, the types of the revision it was compared with, and in which direction. */
  readonly seen: Map<ts.Type, Map<ts.Type, Set<Direction>>>;
  /** How many unions deep the comparison is: types may contain themselves. */
  readonly depth: number;
  readonly compare: CompareTypes;
}
