import { syncLogFields } from "./sync-log-fields.ts";
import { UsageError } from "../usage-error.ts";

/**
 * The fields asked for, in that order; null for one that the log does not have. A name that is neither known nor in the log
 * is a {@link UsageError}: the server may add fields, but a slip of the pen must not look like an empty one.
 */
export function selectFields(
  log: object,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>(Object.entries(log));
  const unknown = fields.find((field) => !values.has(field) && !syncLogFields().includes(field));
  if (unknown !== undefined) {
    throw new UsageError(
      `A sync log has no field "${unknown}": it has ${syncLogFields().join(", ")}.`,
    );
  }
  return Object.fromEntries(fields.map((field) => [field, values.get(field) ?? null]));
}
