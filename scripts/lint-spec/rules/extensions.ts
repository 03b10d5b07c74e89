import type { DocumentNode, JsonObject, Lifecycle, NodeKind } from "@qontext/sync-log-document";
import {
  appendPointer,
  extensionErrors,
  extensionNames,
  isJsonObject,
  objectMembers,
  pointerTokens,
  readLifecycle,
  statusesOf,
} from "@qontext/sync-log-document";
import { readEnum } from "../read-property.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";
import { isMereReference, nodesOf, unlessUnreadable } from "../spec-model.ts";

const allNames = [
  ...new Set(
    (["schema", "response", "operation"] as const).flatMap((kind) => extensionNames(kind)),
  ),
];

/** No extensions but those that `specs/extensions.schema.json` defines, each only where it means something. */
export const knownExtension: SpecRule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const kind = kindOf(node);
    return extensionKeys(node)
      .filter((key) => !extensionNames(kind).includes(key))
      .map((key) => ({
        pointer: appendPointer(node.pointer, key),
        message: explainUnknown(key, isMereReference(node) ? "reference" : node.kind),
      }));
  });

/** Every extension has the shape that `specs/extensions.schema.json` says. */
export const extensionShape: SpecRule = ({ nodes }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const kind = kindOf(node);
    const known = extensionKeys(node).filter((key) => extensionNames(kind).includes(key));
    const extensions = Object.fromEntries(known.map((key) => [key, node.value[key]]));
    return extensionErrors(kind, extensions).map(({ pointer, message }) => {
      const tokens = pointerTokens(pointer);
      return {
        pointer: appendPointer(node.pointer, ...tokens),
        message: `${tokens[0] ?? "the extension"} ${message}`,
      };
    });
  });

function extensionKeys({ value }: DocumentNode): readonly string[] {
  return Object.keys(value).filter((key) => key.startsWith("x-"));
}

/** A reference may have what every object may have, whatever it refers to. */
function kindOf(node: DocumentNode): NodeKind {
  return isMereReference(node) ? "document" : node.kind;
}

function explainUnknown(key: string, kind: string): string {
  if (allNames.includes(key))
    return `${key} has no meaning on ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}; specs/README.md says where it has`;
  return `${key} is not an extension of this document; use ${allNames.join(", ")}, or define it in specs/extensions.schema.json`;
}

/** Every property, enum, pattern, lifecycle and invariant says where it comes from: by `x-provenance` or `x-assumption`. */
export const hasProvenance: SpecRule = ({ nodes }) =>
  nodes.flatMap(({ kind, value, pointer }): readonly Finding[] => {
    const { "x-invariants": invariants, "x-lifecycle": lifecycle } = value;
    const isSchema = kind === "schema";
    const constraints = isSchema && !isMarked(value) ? ["enum", "pattern"] : [];
    return [
      ...(isSchema ? objectMembers(value["properties"]) : [])
        .filter(([, property]) => !isMarked(property))
        .map(([name]) =>
          missing(appendPointer(pointer, "properties", name), `the property "${name}"`),
        ),
      ...constraints
        .filter((keyword) => value[keyword] !== undefined)
        .map((keyword) => missing(appendPointer(pointer, keyword), `the ${keyword}`)),
      ...(isSchema && isJsonObject(lifecycle) && !isMarked(lifecycle)
        ? [missing(appendPointer(pointer, "x-lifecycle"), "the lifecycle")]
        : []),
      ...(Array.isArray(invariants) ? invariants : []).flatMap((invariant: unknown, index) =>
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

/** An `x-lifecycle` names exactly the statuses of the enum of its property. */
export const lifecycleFitsEnum: SpecRule = (model) =>
  nodesOf(model, "schema").flatMap((node) => {
    // One of another shape is reported as that.
    const lifecycle = unlessUnreadable(() => readLifecycle(model.document, node));
    return lifecycle === undefined ? [] : compare(model, node, lifecycle);
  });

function compare(model: SpecModel, node: DocumentNode, lifecycle: Lifecycle): readonly Finding[] {
  const { property, order, initial, terminal } = lifecycle;
  const found = (message: string, ...tokens: readonly string[]): Finding => ({
    pointer: appendPointer(node.pointer, "x-lifecycle", ...tokens),
    message,
  });
  const statuses = readEnum(model, node, [property]);
  if (statuses === undefined) {
    return [
      found(`x-lifecycle is about the property "${property}", which has no enum`, "property"),
    ];
  }
  const named = statusesOf(lifecycle);
  const unknown = named.filter((status) => !statuses.includes(status)).join(", ");
  const left = statuses.filter((status) => !named.includes(String(status))).join(", ");
  const isTerminal = (status: string): boolean => Object.hasOwn(terminal, status);
  const early = order.slice(0, -1).find(isTerminal);
  return [
    unknown && found(`x-lifecycle names what the enum of "${property}" lacks: ${unknown}`),
    left && found(`x-lifecycle leaves out statuses of "${property}": ${left}`),
    (!order.includes(initial) || isTerminal(initial)) &&
      found(
        `the initial status "${initial}" must be one of the order, and not terminal`,
        "initial",
      ),
    early && found(`"${early}" is terminal, so nothing can follow it in the order`, "order"),
  ].filter((finding) => typeof finding === "object");
}
