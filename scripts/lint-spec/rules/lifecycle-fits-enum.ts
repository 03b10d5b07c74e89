import type { DocumentNode, Lifecycle } from "@qontext/sync-log-document";
import { appendPointer, readLifecycle, statusesOf } from "@qontext/sync-log-document";
import { readEnum } from "../read-property.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";
import { nodesOf, unlessUnreadable } from "../spec-model.ts";

/** An `x-lifecycle` names exactly the statuses of the enum of its property. */
export const lifecycleFitsEnum: SpecRule = (model) =>
  nodesOf(model, "schema").flatMap((node) => {
    // One of another shape is reported as that.
    const lifecycle = unlessUnreadable(() => readLifecycle(model.document, node));
    return lifecycle === undefined ? [] : compare(model, node, lifecycle);
  });

function compare(model: SpecModel, node: DocumentNode, lifecycle: Lifecycle): readonly Finding[] {
  const at = appendPointer(node.pointer, "x-lifecycle");
  const statuses = readEnum(model, node, [lifecycle.property]);
  if (statuses === undefined) {
    const message = `x-lifecycle is about the property "${lifecycle.property}", which has no enum`;
    return [{ pointer: appendPointer(at, "property"), message }];
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
    findings.push({ pointer: appendPointer(at, "initial"), message });
  }
  const early = lifecycle.order
    .slice(0, -1)
    .find((status) => Object.hasOwn(lifecycle.terminal, status));
  if (early !== undefined) {
    const message = `"${early}" is terminal, so nothing can follow it in the order`;
    findings.push({ pointer: appendPointer(at, "order"), message });
  }
  return findings;
}
