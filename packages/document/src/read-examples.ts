import type { AddressableDocument } from "./addressable-document.ts";
import { objectMembers } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import type { Located } from "./walk-document.ts";

/** An example of a media type, parameter or header. */
export interface NamedExample {
  /** Its name, or `example` for the only one. */
  readonly name: string;
  readonly value: unknown;
}

/** The examples that stand in an object: its `example`, then its `examples` with their references followed. */
export function readExamples(
  document: AddressableDocument,
  { pointer, value }: Located,
): readonly NamedExample[] {
  const { example, examples } = value;
  const only = example === undefined ? [] : [{ name: "example", value: example }];
  const named = objectMembers(examples).flatMap(([name, member]) => {
    const at = { pointer: appendPointer(pointer, "examples", name), value: member };
    const { target } = document.resolve(at);
    return Object.hasOwn(target.value, "value") ? [{ name, value: target.value["value"] }] : [];
  });
  return [...only, ...named];
}
