import type { SpecRule } from "../spec-model.ts";
import { nodesOf } from "../spec-model.ts";

/** Every operation has a tag. That the tag is declared is checked by Redocly's `operation-tag-defined`. */
export const operationHasTag: SpecRule = (model) =>
  nodesOf(model, "Operation")
    .filter(({ value: { tags } }) => !Array.isArray(tags) || tags.length === 0)
    .map(({ pointer }) => ({
      pointer,
      message: "the operation has no tag; name one of the document's tags",
    }));
