import { appendPointer } from "@qontext/sync-log-document";
import type { Finding, SpecRule } from "../spec-model.ts";

/** No `$ref` leads out of the document. Examples are in files of their own by `externalValue`; all else is in one place. */
export const singleDocument: SpecRule = ({ nodes }) =>
  nodes.flatMap(({ value, pointer }): readonly Finding[] => {
    const reference = value["$ref"];
    if (typeof reference !== "string" || reference.startsWith("#")) return [];
    const message = `the $ref "${reference}" leads out of the document; move what it names into it`;
    return [{ pointer: appendPointer(pointer, "$ref"), message }];
  });
