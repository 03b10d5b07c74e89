import type { SpecRule } from "../spec-model.ts";
import { nodesOf } from "../spec-model.ts";

/** The tags of an operation are not an empty list, which Redocly's `operation-tag-defined` lets through. */
export const operationHasTag: SpecRule = (model) =>
  nodesOf(model, "operation")
    .filter(({ value: { tags } }) => Array.isArray(tags) && tags.length === 0)
    .map(({ pointer }) => ({
      pointer,
      message: "the operation has no tag; name one of the document's tags",
    }));
