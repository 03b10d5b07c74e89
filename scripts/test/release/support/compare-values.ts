import { openDocument } from "@qontext/sync-log-document";
import type { Direction } from "@qontext/sync-log-document";
import type { Change } from "../../../release/release-plan.ts";
import type { WireOptions } from "../../../release/wire/compare-wire.ts";
import { compareWire } from "../../../release/wire/compare-wire.ts";
import type { Editable } from "./base-document.ts";

/** What a document is made of beside one schema. */
export interface Surroundings {
  readonly openapi?: string;
  readonly components?: Editable;
}

/** A document that sends, or answers, an object with a property `value` of a schema. */
export function documentWith(
  direction: Direction,
  schema: Editable,
  { openapi = "3.1.1", components = {} }: Surroundings = {},
): Editable {
  const body = { type: "object", properties: { value: schema } };
  const content = { "application/json": { schema: body } };
  const operation =
    direction === "request"
      ? { requestBody: { content }, responses: { 204: { description: "Done" } } }
      : { responses: { 200: { description: "OK", content } } };
  return {
    openapi,
    info: { title: "Values", version: "1.0.0" },
    paths: { "/value": { put: operation } },
    components: { schemas: components },
  };
}

/** What changes on the wire between two documents that are already parsed. */
export function changesBetween(
  base: Editable,
  revision: Editable,
  options?: WireOptions,
): readonly Change[] {
  const [before, after] = [base, revision].map((document) =>
    openDocument(structuredClone(document)),
  );
  return before && after ? compareWire(before, after, options) : [];
}
