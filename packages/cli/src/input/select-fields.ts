import { UsageError } from "@qontext/sync-log-command-line";
import { operationTools } from "@qontext/sync-log-schema/tools";

/** The names of a sync log's fields, in the document's order. */
export function syncLogFields(): readonly string[] {
  const read = operationTools.find(({ operationId }) => operationId === "getSyncLog");
  return Object.keys(read?.outputSchema?.properties ?? {});
}

/** A name that is neither documented nor in any of the logs is a {@link UsageError}: the service may add fields, but a typing error must not look like an empty one. */
export function checkFields(logs: readonly object[], fields: readonly string[]): void {
  const unknown = fields.find(
    (field) => !syncLogFields().includes(field) && !logs.some((log) => Object.hasOwn(log, field)),
  );
  if (unknown !== undefined) {
    throw new UsageError(
      `A sync log has no field "${unknown}". Its fields are ${syncLogFields().join(", ")}.`,
    );
  }
}

/** These fields in this order; null for one that the log lacks. */
export function selectFields(
  log: object,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>(Object.entries(log));
  return Object.fromEntries(fields.map((field) => [field, values.get(field) ?? null]));
}
