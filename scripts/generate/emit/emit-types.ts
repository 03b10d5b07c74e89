import { astToString } from "openapi-typescript/dist/lib/ts.mjs";
import { resolveRef, scanDiscriminators } from "openapi-typescript/dist/lib/utils.mjs";
import transformSchema from "openapi-typescript/dist/transform/index.mjs";
import type { TransformContext } from "openapi-typescript/dist/transform/index.mjs";
import type { OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import { docLines, formatTsDoc } from "../tsdoc.ts";
import { aliasOf, nameBodies } from "./name-bodies.ts";
import { annotateDocument, openEnumKey } from "./annotate-document.ts";

/**
 * The types of a document: `paths`, `components` and `operations` as openapi-typescript has them, and a name for each
 * component schema.
 *
 * @param typeNames - The exported name of each component schema, by its pointer.
 * @param closedSchemas - Schemas, as objects of the document, whose enums allow for no other values.
 * @param recursiveSchemas - Pointers of the component schemas that can refer to themselves by their names only.
 */
export function emitTypes(
  document: OpenApiDocument,
  typeNames: ReadonlyMap<string, string>,
  closedSchemas: ReadonlySet<JsonObject>,
  recursiveSchemas: ReadonlySet<string>,
): string {
  const { document: annotated, docs } = annotateDocument(document, closedSchemas);
  if (!isOpenApi(annotated)) throw new TypeError("The document is not an OpenAPI document.");
  const nodes = transformSchema(annotated, createContext(annotated));
  for (const node of nodes) writeDocs(node, docs);
  const bodies = nameBodies(nodes, typeNames, recursiveSchemas);
  return `${astToString(nodes)}\n${emitSchemaNames(document, typeNames, bodies)}`;
}

function emitSchemaNames(
  document: OpenApiDocument,
  typeNames: ReadonlyMap<string, string>,
  bodies: ReadonlyMap<string, ts.TypeNode>,
): string {
  const aliases = [...typeNames].map(([pointer, name]) => {
    const schema = document.at(pointer);
    const key = JSON.stringify(pointerTokens(pointer).at(-1));
    const doc = formatTsDoc(isJsonObject(schema) ? docLines(schema) : []);
    const body = bodies.get(name);
    // The printer prints statements, so the type is printed as one.
    if (body !== undefined) return `${doc}${astToString(aliasOf(name, body))}`;
    return `${doc}export type ${name} = components["schemas"][${key}];\n`;
  });
  return aliases.join("\n");
}

/**
 * What openapi-typescript's own entry point makes, without reading and bundling the document a second time. Every choice that it
 * has an option for is made here. What it has none for is ours: `annotateDocument` edits the document before it, and
 * `openEnumType`, `writeDocs` and `nameBodies` edit what comes out. Readonly arrays alone, say, would be ours: its option
 * `immutable` makes every property readonly, too.
 */
function createContext(document: OpenAPI3): TransformContext {
  const options = { silent: true };
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default is what the server assumes where a property is absent, not a promise to send it.
    defaultNonNullable: false,
    discriminators: scanDiscriminators(document, options),
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: true,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    resolve: ($ref) => resolveRef(document, $ref, options),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (schema) => openEnumType(schema),
  };
}

function isOpenApi(document: object): document is OpenAPI3 {
  return "openapi" in document && "info" in document;
}

/** `"a" | "b" | (string & {})`: any string is allowed, and editors still offer the known ones. */
function openEnumType(schema: unknown): ts.TypeNode | undefined {
  const values = isJsonObject(schema) ? schema[openEnumKey] : undefined;
  if (!Array.isArray(values)) return undefined;
  const known = values.map((value: unknown) =>
    // JSON text of a scalar is a literal type; an object of an enum is matched by any.
    ts.factory.createTypeReferenceNode(isScalar(value) ? JSON.stringify(value) : "unknown"),
  );
  const others = ["string", "number"]
    .filter((type) => values.some((value) => typeof value === type))
    .map((type) => ts.factory.createTypeReferenceNode(`(${type} & {})`));
  return ts.factory.createUnionTypeNode([...known, ...others]);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== "object";
}

/** Puts the documentation in the place of its marks. Comments without a mark repeat what the types say. */
function writeDocs(node: ts.Node, docs: ReadonlyMap<string, readonly string[]>): void {
  const comments = ts.getSyntheticLeadingComments(node) ?? [];
  const lines = comments.map(({ text }) => docs.get(/\[\[doc \d+\]\]/.exec(text)?.[0] ?? ""));
  if (comments.length > 0) ts.setSyntheticLeadingComments(node, undefined);
  for (const found of lines) {
    if (found === undefined) continue;
    const text = formatTsDoc(found).slice("/*".length, -"*/\n".length);
    const kind = ts.SyntaxKind.MultiLineCommentTrivia;
    ts.addSyntheticLeadingComment(node, kind, text, true);
  }
  ts.forEachChild(node, (child) => writeDocs(child, docs));
}
