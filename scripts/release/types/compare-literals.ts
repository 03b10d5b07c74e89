import type { Direction } from "@qontext/sync-log-document";
import { effectOfSets } from "../wire/effect.ts";
import type { SurfaceReporter } from "./surface-reporter.ts";
import type { TypeParts } from "./type-parts.ts";

/** Compares whether two types admit null. */
export function compareNullish(
  before: TypeParts,
  after: TypeParts,
  direction: Direction,
  where: string,
  reporter: SurfaceReporter,
): void {
  if (before.isNull === after.isNull) return;
  const [id, what] = after.isNull
    ? ["became-nullable", "the type admits null"]
    : ["became-not-nullable", "the type no longer admits null"];
  reporter.reportFit(after.isNull ? "widened" : "narrowed", direction, { id, where, what });
}

/** Compares the literals of two unions; an open one admits any value, with or without a name. */
export function compareLiterals(
  before: TypeParts,
  after: TypeParts,
  direction: Direction,
  where: string,
  reporter: SurfaceReporter,
): void {
  if (before.isOpen !== after.isOpen) {
    const what = after.isOpen ? "the union becomes open" : "the union becomes closed";
    reporter.reportFit(after.isOpen ? "widened" : "narrowed", direction, {
      id: "union-openness",
      where,
      what,
    });
    return;
  }
  const effect = effectOfSets(before.literals, after.literals);
  if (effect === "annotation") return;
  const gained = [...after.literals].filter((literal) => !before.literals.has(literal));
  const lost = [...before.literals].filter((literal) => !after.literals.has(literal));
  const what = [
    gained.length > 0 ? `the union gains ${gained.join(", ")}` : "",
    lost.length > 0 ? `the union loses ${lost.join(", ")}` : "",
  ];
  const words = what.filter(Boolean).join(" and ");
  if (before.isOpen) {
    reporter.report(
      "minor",
      `${direction}-open-union-changed`,
      where,
      `${words}: it admits any value, with or without a name`,
    );
  } else {
    reporter.reportFit(effect, direction, { id: "union-changed", where, what: words });
  }
}
