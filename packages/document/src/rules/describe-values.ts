import { isJsonObject } from "../json.ts";
import type { OpenApiDocument } from "../open-document.ts";
import { readProperties } from "../read-properties.ts";
import type { Located } from "../walk-document.ts";
import { readLifecycle } from "./extensions.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { isTerminalStatus } from "./lifecycle.ts";

/**
 * What each value of an enum means, in its order: the `x-enumDescriptions` of the schema, and of a status what its lifecycle
 * says of it. Empty where there are none.
 *
 * @throws DocumentError `invalid_extension` if a lifecycle of the document has another shape.
 */
export function describeValues(
  document: OpenApiDocument,
  { pointer, value }: Located,
): ReadonlyMap<string, string> {
  const texts = value["x-enumDescriptions"];
  if (!isJsonObject(texts)) return new Map();
  const lifecycle = lifecycleOf(document, pointer);
  const values = Array.isArray(value["enum"]) ? value["enum"].map(String) : [];
  return new Map(
    values.flatMap((name) => {
      const text = texts[name];
      if (typeof text !== "string") return [];
      return [
        [name, [text.trim(), ...(lifecycle ? [describeNext(lifecycle, name)] : [])].join(" ")],
      ];
    }),
  );
}

/** The lifecycle whose statuses are the values of this schema. */
function lifecycleOf(document: OpenApiDocument, pointer: string): Lifecycle | undefined {
  for (const node of document.walk()) {
    const lifecycle = node.kind === "schema" ? readLifecycle(document, node) : undefined;
    const status = lifecycle && readProperties(document, node).get(lifecycle.property);
    if (status && document.resolve(status).target.pointer === pointer) return lifecycle;
  }
  return undefined;
}

/** Whether a status is terminal, with which outcome, and what comes next where it is not. */
function describeNext(lifecycle: Lifecycle, status: string): string {
  const outcome = lifecycle.terminal[status];
  if (outcome !== undefined) return `Terminal, with the outcome \`${outcome}\`.`;
  const next = lifecycle.order[lifecycle.order.indexOf(status) + 1];
  if (next === undefined) return "Next: a terminal status.";
  return `Next: \`${next}\`, or ${isTerminalStatus(lifecycle, next) ? "another" : "a"} terminal status.`;
}
