import type { Bump } from "../bump.ts";
import type { Change } from "../change.ts";
import type { Direction } from "@qontext/sync-log-document";

/** Collects what the comparison of two type surfaces finds. */
export interface SurfaceReporter {
  readonly changes: readonly Change[];
  report(bump: Bump, id: string, where: string, why: string): void;
  /** Reports what a consumer reads or writes, by whether fewer or more types fit. */
  reportFit(
    effect: "narrowed" | "widened" | "changed",
    direction: Direction,
    subject: Subject,
  ): void;
}

/** What a change of fit is about: the id is completed with the direction. */
export interface Subject {
  readonly id: string;
  readonly where: string;
  readonly what: string;
}

export function createSurfaceReporter(): SurfaceReporter {
  const changes: Change[] = [];
  const report: SurfaceReporter["report"] = (bump, id, where, why) => {
    changes.push({ id: `types-${id}`, bump, where, why, source: "types" });
  };
  return {
    changes,
    report,
    reportFit: (effect, direction, { id, where, what }) => {
      const safe = effect === (direction === "request" ? "widened" : "narrowed");
      const consequence = safe
        ? "code that compiled still does"
        : direction === "request"
          ? "code that passes it may no longer compile"
          : "code that reads it may no longer compile";
      report(safe ? "minor" : "major", `${direction}-${id}`, where, `${what}: ${consequence}`);
    },
  };
}
