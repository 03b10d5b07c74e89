import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, extname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { $RefParser } from "@apidevtools/json-schema-ref-parser";
import { DocumentError } from "./document-error.ts";
import { isJsonObject } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import type { OpenApiDocument } from "./open-document.ts";
import { openDocument } from "./open-document.ts";
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

/** A file above this size is not read. */
const maxFileBytes = 64 * 1024 * 1024;

/**
 * Reads an OpenAPI 3.0 or 3.1 document in JSON or YAML, with the files that it refers to by `$ref` or `externalValue`. Nothing
 * is fetched from a network, and nothing is read outside the allowed folder. References within the document are not followed
 * here: `assertReferences` does that.
 *
 * @param source - Path or `file:` URL of the document, or the parsed document itself.
 * @throws {@link DocumentError} `document_unreadable`; `document_unsupported`; `reference_unresolved` for a reference to a file
 *   that cannot be had.
 */
export async function loadDocument(
  source: string | URL | object,
  options: LoadDocumentOptions = {},
): Promise<OpenApiDocument> {
  if (typeof source !== "string" && !(source instanceof URL)) {
    return openDocument(structuredClone(source));
  }
  const path = resolve(source instanceof URL ? fileURLToPath(source) : source);
  const text = await readText(path);
  const locate = createLocator(path, text);
  const root = openDocument(parseSource(text, path), locate);
  const outside = findOutsideReferences(root.value);
  if (outside.length === 0) return root;

  const reader = new FolderReader(await realpath(resolve(options.folder ?? dirname(path))));
  try {
    const isBundle = outside.some(({ key }) => key === "$ref");
    const value: unknown = isBundle ? await bundle(path, reader) : await reader.parse(path, text);
    return openDocument(value, locate);
  } catch (error) {
    // The library wraps what its readers throw in errors of its own.
    const cause = reader.failure?.error ?? error;
    const problem = cause instanceof DocumentError ? cause.problem : describe(cause);
    const failed = reader.failure?.path;
    const reference = outside.find(({ target }) => failed === fileOf(path, target));
    throw new DocumentError("reference_unresolved", problem, {
      cause,
      pointer: reference?.pointer,
      place: reference && locate(appendPointer(reference.pointer, reference.key)),
    });
  }
}

/** Reads the files of one folder, and remembers why it could not. */
class FolderReader {
  failure: { readonly path: string; readonly error: unknown } | undefined;
  readonly #folder: string;

  /** @param folder - Its real path, without symbolic links. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(path: string): Promise<string> {
    try {
      await this.#assertInside(path);
      return await readText(path);
    } catch (error) {
      this.failure ??= { path, error };
      throw error;
    }
  }

  /** What a text holds, the values of its examples brought in. */
  async parse(path: string, text: string): Promise<unknown> {
    try {
      const value = parseSource(text, path);
      for (const { key, holder, target } of findOutsideReferences(value)) {
        if (key === "$ref" || isNetwork(target)) continue;
        const file = fileOf(path, target);
        const content = await this.read(file);
        const isData = /^\.(?:json|ya?ml)$/i.test(extname(file));
        holder["value"] = isData ? parseSource(content, file) : content;
        delete holder["externalValue"];
      }
      return value;
    } catch (error) {
      this.failure ??= { path, error };
      throw error;
    }
  }

  async #assertInside(path: string): Promise<void> {
    if (isNetwork(path)) {
      const problem = `${path} is not a local file, and nothing is fetched: save it beside the document.`;
      throw new DocumentError("reference_unresolved", problem);
    }
    const real = await realpath(path).catch(() => path);
    if (!relative(this.#folder, real).startsWith(`..${sep}`)) return;
    const problem = `${path} is outside the folder ${this.#folder}: move it there, or allow a folder that holds both.`;
    throw new DocumentError("reference_unresolved", problem);
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes) throw new RangeError(`it is larger than ${maxFileBytes} bytes`);
    return await readFile(path, "utf8");
  } catch (cause) {
    const problem = `${path} cannot be read: ${describe(cause)}.`;
    throw new DocumentError("document_unreadable", problem, { cause });
  }
}

async function bundle(path: string, reader: FolderReader): Promise<unknown> {
  const parser = {
    canParse: true,
    parse: async ({ url, data }: { readonly url: string; readonly data: unknown }) =>
      reader.parse(toPath(url), String(data)),
  };
  return $RefParser.bundle(path, {
    resolve: {
      http: false,
      file: {
        canRead: true,
        read: async ({ url }: { readonly url: string }) => reader.read(toPath(url)),
      },
    },
    parse: { json: false, yaml: false, text: false, binary: false, document: parser },
  });
}

/** A `$ref` or `externalValue` that leads out of the file it stands in. */
interface OutsideReference {
  readonly key: "$ref" | "externalValue";
  readonly holder: Record<string, unknown>;
  readonly target: string;
  readonly pointer: string;
}

function findOutsideReferences(root: unknown): readonly OutsideReference[] {
  const found: OutsideReference[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, appendPointer(pointer, index));
    }
    if (!isMutableObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      const isReference = key === "$ref" || key === "externalValue";
      if (!isReference || typeof member !== "string") visit(member, appendPointer(pointer, key));
      else if (!member.startsWith("#")) found.push({ key, holder: value, target: member, pointer });
    }
  };
  visit(root, "#");
  return found;
}

function isMutableObject(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value);
}

function fileOf(base: string, reference: string): string {
  const [file = ""] = reference.split("#");
  return isNetwork(file) ? file : resolve(dirname(base), toPath(file));
}

function toPath(url: string): string {
  if (url.startsWith("file:")) return fileURLToPath(url);
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function isNetwork(text: string): boolean {
  return /^(?!file:)[a-z][a-z\d+.-]+:/i.test(text);
}

function describe(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.replace(/\.$/, "");
}
