import type { Lifecycle } from "@qontext/sync-log-rules";
import { statusesOf } from "@qontext/sync-log-rules";
import { readExtensionSchema } from "../extension-schema.ts";
import { readEnum } from "../read-property.ts";
import type { Finding, SpecModel, SpecNode, SpecRule } from "../spec-model.ts";
import { isJsonObject, joinPointer, nodesOf } from "../spec-model.ts";

/** An `x-lifecycle` names exactly the statuses of the enum of its property. */
export const lifecycleFitsEnum: SpecRule = (model) => {
  const validate = readExtensionSchema().validatorFor("Schema");
  return nodesOf(model, "Schema").flatMap((node): readonly Finding[] => {
    const lifecycle = node.value["x-lifecycle"];
    // One of another shape is reported as that.
    if (!isLifecycle(lifecycle, validate({ "x-lifecycle": lifecycle }))) return [];
    return compare(model, node, lifecycle);
  });
};

function isLifecycle(value: unknown, isValid: unknown): value is Lifecycle {
  return isJsonObject(value) && isValid === true;
}

function compare(model: SpecModel, node: SpecNode, lifecycle: Lifecycle): readonly Finding[] {
  const at = joinPointer(node.pointer, "x-lifecycle");
  const statuses = readEnum(model, node, [lifecycle.property]);
  if (statuses === undefined) {
    const message = `x-lifecycle is about the property "${lifecycle.property}", which has no enum`;
    return [{ pointer: joinPointer(at, "property"), message }];
  }
  const named = statusesOf(lifecycle);
  const unknown = named.filter((status) => !statuses.includes(status));
  const left = statuses.filter((status) => !named.includes(String(status)));
  const findings: Finding[] = [];
  if (unknown.length > 0) {
    const message = `x-lifecycle names what the enum of "${lifecycle.property}" lacks: ${unknown.join(", ")}`;
    findings.push({ pointer: at, message });
  }
  if (left.length > 0) {
    const message = `x-lifecycle leaves out statuses of "${lifecycle.property}": ${left.join(", ")}`;
    findings.push({ pointer: at, message });
  }
  if (
    !lifecycle.order.includes(lifecycle.initial) ||
    Object.hasOwn(lifecycle.terminal, lifecycle.initial)
  ) {
    const message = `the initial status "${lifecycle.initial}" must be one of the order, and not terminal`;
    findings.push({ pointer: joinPointer(at, "initial"), message });
  }
  const early = lifecycle.order
    .slice(0, -1)
    .find((status) => Object.hasOwn(lifecycle.terminal, status));
  if (early !== undefined) {
    const message = `"${early}" is terminal, so nothing can follow it in the order`;
    findings.push({ pointer: joinPointer(at, "order"), message });
  }
  return findings;
}
