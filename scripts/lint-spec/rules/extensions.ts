import type { ExtensionSchema } from "../extension-schema.ts";
import { readExtensionSchema } from "../extension-schema.ts";
import type { Finding, SpecNode, SpecRule } from "../spec-model.ts";
import { joinPointer } from "../spec-model.ts";
import { describeErrors } from "../spec-schemas.ts";

/** No extension but those that `specs/extensions.schema.json` defines, each only where it means something. */
export const knownExtension: SpecRule = ({ nodes }) => {
  const schema = readExtensionSchema();
  return nodes.flatMap((node) =>
    extensionKeys(node)
      .filter((key) => !schema.namesFor(node.type).includes(key))
      .map((key) => ({
        pointer: joinPointer(node.pointer, key),
        message: explainUnknown(schema, key, node.type),
      })),
  );
};

/** Every extension has the shape that `specs/extensions.schema.json` says. */
export const extensionShape: SpecRule = ({ nodes }) => {
  const schema = readExtensionSchema();
  return nodes.flatMap((node): readonly Finding[] => {
    const known = extensionKeys(node).filter((key) => schema.namesFor(node.type).includes(key));
    if (known.length === 0) return [];
    const validate = schema.validatorFor(node.type);
    if (validate(Object.fromEntries(known.map((key) => [key, node.value[key]])))) return [];
    return describeErrors(validate.errors).map(({ instancePath, message }) => ({
      pointer: `${node.pointer}${instancePath}`,
      message: `${instancePath.split("/")[1] ?? "the extension"} ${message}`,
    }));
  });
};

function extensionKeys(node: SpecNode): readonly string[] {
  if (!node.hasExtensions) return [];
  return Object.keys(node.value).filter((key) => key.startsWith("x-"));
}

function explainUnknown(schema: ExtensionSchema, key: string, type: string): string {
  if (schema.allNames.includes(key))
    return `${key} has no meaning on a ${type}; specs/README.md says where it has`;
  return `${key} is no extension of this document; use ${schema.allNames.join(", ")}, or define it in specs/extensions.schema.json`;
}
