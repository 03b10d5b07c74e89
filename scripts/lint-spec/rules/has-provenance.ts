import type { JsonObject } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Finding, SpecRule } from "../spec-model.ts";

/** Every enum, pattern, lifecycle and invariant says where it comes from: by `x-provenance` or `x-assumption`. */
export const hasProvenance: SpecRule = ({ nodes }) =>
  nodes.flatMap(({ kind, value, pointer }): readonly Finding[] => {
    const invariants: readonly unknown[] = Array.isArray(value["x-invariants"])
      ? value["x-invariants"]
      : [];
    const constraints =
      kind !== "schema" || isMarked(value)
        ? []
        : ["enum", "pattern"].filter((keyword) => value[keyword] !== undefined);
    const lifecycle = kind === "schema" ? value["x-lifecycle"] : undefined;
    return [
      ...constraints.map((keyword) => missing(appendPointer(pointer, keyword), `the ${keyword}`)),
      ...(isJsonObject(lifecycle) && !isMarked(lifecycle)
        ? [missing(appendPointer(pointer, "x-lifecycle"), "the lifecycle")]
        : []),
      ...invariants.flatMap((invariant, index) =>
        isJsonObject(invariant) && !isMarked(invariant)
          ? [missing(appendPointer(pointer, "x-invariants", index), "the invariant")]
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
