import { isJsonObject, objectAt } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** What the extension `x-lifecycle` says about the statuses of a sync log. */
export interface Lifecycle {
  readonly initial: string;
  readonly order: readonly string[];
  /** From each terminal status to its outcome. */
  readonly terminal: Readonly<Record<string, string>>;
  readonly assumption: string;
}

/** Reads `x-lifecycle` of the schema `SyncLog`; throws when it is not what the diagram can draw. */
export function readLifecycle(document: JsonObject): Lifecycle {
  const extension = objectAt(document, "components", "schemas", "SyncLog", "x-lifecycle");
  const { initial, order, terminal } = extension;
  const assumption = extension["x-assumption"];
  if (typeof initial !== "string" || !Array.isArray(order) || !isJsonObject(terminal)) {
    throw new Error("x-lifecycle of SyncLog lacks its initial status, order or terminal statuses.");
  }
  return {
    initial,
    order: order.map(String),
    terminal: Object.fromEntries(
      Object.entries(terminal).map(([status, outcome]) => [
        status,
        typeof outcome === "string" ? outcome : "",
      ]),
    ),
    assumption: typeof assumption === "string" ? assumption : "",
  };
}

/** The statuses a sync can be in before it ends, in their order. */
export function runningStatuses({ order, terminal }: Lifecycle): readonly string[] {
  return order.filter((status) => !(status in terminal));
}

/** The terminal statuses that may follow any running one: those outside the order. */
export function interruptions({ order, terminal }: Lifecycle): readonly string[] {
  return Object.keys(terminal).filter((status) => !order.includes(status));
}
