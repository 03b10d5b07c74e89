import type { JsonObject } from "../spec/json.ts";
import type { Resource } from "./read-resource.ts";

/** The status that a body has; empty for a body without one. */
export function statusOf(resource: Resource, body: JsonObject | undefined): string {
  const status = body?.[resource.lifecycle.property];
  return typeof status === "string" ? status : "";
}

/** When a body says that it was last changed; `undefined` where no date of it moves with every change. */
export function changedAtOf(resource: Resource, body: JsonObject | undefined): number | undefined {
  const known = resource.roles.touched.flatMap((field) => {
    const value = body?.[field];
    const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
    return Number.isNaN(ms) ? [] : [ms];
  });
  return known.length === 0 ? undefined : Math.max(...known);
}
