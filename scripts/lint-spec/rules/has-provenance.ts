import type { Finding, JsonObject, SpecRule } from "../spec-model.ts";
import { isJsonObject, joinPointer } from "../spec-model.ts";

/** Every enum, pattern, lifecycle and invariant says where it comes from: by `x-provenance` or `x-assumption`. */
export const hasProvenance: SpecRule = ({ nodes }) =>
  nodes.flatMap(({ type, value, pointer }): readonly Finding[] => {
    const invariants: readonly unknown[] = Array.isArray(value["x-invariants"])
      ? value["x-invariants"]
      : [];
    const constraints =
      type !== "Schema" || isMarked(value)
        ? []
        : ["enum", "pattern"].filter((keyword) => value[keyword] !== undefined);
    const lifecycle = type === "Schema" ? value["x-lifecycle"] : undefined;
    return [
      ...constraints.map((keyword) => missing(joinPointer(pointer, keyword), `the ${keyword}`)),
      ...(isJsonObject(lifecycle) && !isMarked(lifecycle)
        ? [missing(joinPointer(pointer, "x-lifecycle"), "the lifecycle")]
        : []),
      ...invariants.flatMap((invariant, index) =>
        isJsonObject(invariant) && !isMarked(invariant)
          ? [missing(joinPointer(pointer, "x-invariants", index), "the invariant")]
          : [],
      ),
    ];
  });

function isMarked(value: JsonObject): boolean {
  return value["x-provenance"] !== undefined || value["x-assumption"] !== undefined;
}

function missing(pointer: string, what: string): Finding {
  const message = `${what} does not say where it comes from; add x-provenance or x-assumption beside it`;
  return { pointer, message };
}
