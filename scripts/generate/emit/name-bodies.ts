import ts from "typescript";
import { appendPointer } from "@qontext/sync-log-document";

/**
 * Moves the types of some component schemas out of `components`, which gets their names instead. References to them become
 * their names too: TypeScript resolves an indexed access at once, and a name when it is needed.
 *
 * @param nodes - The declarations; they are changed.
 * @param typeNames - The exported name of each component schema, by its pointer.
 * @param pointers - The schemas to be moved.
 * @returns The types that were moved, by the names that are to be declared for them.
 */
export function nameBodies(
  nodes: readonly ts.Node[],
  typeNames: ReadonlyMap<string, string>,
  pointers: ReadonlySet<string>,
): ReadonlyMap<string, ts.TypeNode> {
  const bodies = new Map<string, ts.TypeNode>();
  if (pointers.size === 0) return bodies;
  const nameOf = (schema: string): string | undefined => {
    const pointer = appendPointer("#/components/schemas", schema);
    return pointers.has(pointer) ? typeNames.get(pointer) : undefined;
  };
  for (const property of schemaProperties(nodes)) {
    const name = nameOf(memberName(property));
    if (name === undefined || property.type === undefined) continue;
    bodies.set(name, replaceReferences(property.type, nameOf));
    // The nodes were just created, and nothing else holds them.
    Object.assign(property, { type: ts.factory.createTypeReferenceNode(name) });
  }
  return bodies;
}

export function aliasOf(name: string, type: ts.TypeNode): ts.Node {
  const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  return ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
}

function schemaProperties(nodes: readonly ts.Node[]): readonly ts.PropertySignature[] {
  const components = nodes.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === "components",
  );
  if (components === undefined || !ts.isInterfaceDeclaration(components)) return [];
  const schemas = components.members.find(
    (member) => ts.isPropertySignature(member) && memberName(member) === "schemas",
  );
  if (schemas === undefined || !ts.isPropertySignature(schemas)) return [];
  const { type } = schemas;
  return type !== undefined && ts.isTypeLiteralNode(type)
    ? type.members.filter((member) => ts.isPropertySignature(member))
    : [];
}

function memberName({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)
    ? name.text
    : "";
}

function replaceReferences(
  type: ts.TypeNode,
  nameOf: (schema: string) => string | undefined,
): ts.TypeNode {
  const visit = (node: ts.Node): ts.Node => {
    const schema = referencedSchema(node);
    const name = schema === undefined ? undefined : nameOf(schema);
    if (name !== undefined) return ts.factory.createTypeReferenceNode(name);
    return ts.visitEachChild(node, visit, undefined);
  };
  const replaced = visit(type);
  return ts.isTypeNode(replaced) ? replaced : type;
}

/** The schema that `components["schemas"]["Name"]` refers to. */
function referencedSchema(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) {
    return undefined;
  }
  const { objectType: components, indexType: section } = node.objectType;
  const isSchemas =
    ts.isTypeReferenceNode(components) &&
    ts.isIdentifier(components.typeName) &&
    components.typeName.text === "components" &&
    literalText(section) === "schemas";
  return isSchemas ? literalText(node.indexType) : undefined;
}

function literalText(type: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)
    ? type.literal.text
    : undefined;
}
