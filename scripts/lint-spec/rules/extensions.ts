import type { DocumentNode, NodeKind } from "@qontext/sync-log-document";
import {
  appendPointer,
  extensionErrors,
  extensionNames,
  pointerTokens,
} from "@qontext/sync-log-document";
import type { Finding, SpecRule } from "../spec-model.ts";
import { isMereReference } from "../spec-model.ts";

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
