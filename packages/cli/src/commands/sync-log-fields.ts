import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { objectAt } from "../json.ts";

/** The names of a sync log's fields, in the document's order. */
export function syncLogFields(): readonly string[] {
  return Object.keys(objectAt(openapiDocument, "components", "schemas", "SyncLog", "properties"));
}
