import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DocumentError } from "./document-error.ts";
import type { OpenApiDocument } from "./open-document.ts";
import { openDocument } from "./open-document.ts";
import { bundleFiles } from "./source/bundle-files.ts";
import { FolderReader, readText } from "./source/folder-reader.ts";
import { createLocator } from "./source/locate.ts";
import { parseSource } from "./source/parse-source.ts";

/** Where a document may take its parts from. */
export interface LoadDocumentOptions {
  /**
   * The folder that every file it refers to must be in.
   *
   * @default the document's own folder
   */
  readonly folder?: string | undefined;
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document in JSON or YAML, with the files that it refers to by `$ref` or `externalValue`. Nothing
 * is fetched from a network, and nothing is read outside the allowed folder. References within the document are not followed
 * here: `assertReferences` does that.
 *
 * @param source - Path or `file:` URL of the document, or the parsed document itself.
 * @throws DocumentError `document_unreadable`; `document_unsupported`; `reference_unresolved` for a reference to a file
 *   that cannot be had.
 */
export async function loadDocument(
  source: string | URL | object,
  options: LoadDocumentOptions = {},
): Promise<OpenApiDocument> {
  if (typeof source !== "string" && !(source instanceof URL)) {
    return withPlainSeparators(openDocument(copyOf(source)));
  }
  const path = toPath(source);
  const text = (await readText(path)).replace(/^\u{FEFF}/u, "");
  const locate = createLocator(path, text);
  const document = openDocument(parseSource(text, path), locate);
  await bundleFiles(
    document.value,
    path,
    new FolderReader(options.folder ?? dirname(path)),
    locate,
  );
  return withPlainSeparators(document);
}

/**
 * Writes the separators of pointers out. Fragments are decoded before they are split (RFC 6901, section 6), but the tools that
 * a document is handed to do it the other way round. A reference to nothing stays as it is written, for `assertReferences`.
 */
function withPlainSeparators(document: OpenApiDocument): OpenApiDocument {
  for (const { value } of document.walk()) {
    const { $ref } = value;
    if (typeof $ref !== "string" || !/^#.*%(?:2f|7e)/i.test($ref)) continue;
    if (!leadsSomewhere(document, $ref)) continue;
    Object.assign(value, { $ref: $ref.replaceAll(/%2f/gi, "/").replaceAll(/%7e/gi, "~") });
  }
  return document;
}

function leadsSomewhere(document: OpenApiDocument, pointer: string): boolean {
  try {
    return document.at(pointer) !== undefined;
  } catch {
    return false;
  }
}

function copyOf(source: object): unknown {
  try {
    return structuredClone(source);
  } catch (cause) {
    throw new DocumentError("document_unreadable", "The object is not data.", { cause });
  }
}

function toPath(source: string | URL): string {
  if (typeof source === "string" && !/^file:/i.test(source)) return resolve(source);
  try {
    return fileURLToPath(source);
  } catch (cause) {
    throw new DocumentError("document_unreadable", `${String(source)} is not a local file.`, {
      cause,
    });
  }
}
