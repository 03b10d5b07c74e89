import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { DocumentError } from "../document-error.ts";
import { parseSource } from "./parse-source.ts";

/** A file above this size is not read. */
const maxFileBytes = 64 * 1024 * 1024;

/** Reads the files of one folder, and none outside it. */
export class FolderReader {
  readonly #folder: string;
  readonly #parsed = new Map<string, Promise<unknown>>();

  /** @param folder - Symbolic links to and in it are followed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What a JSON or YAML file holds; read once, and not to be changed. */
  parse(path: string): Promise<unknown> {
    const parsed =
      this.#parsed.get(path) ?? this.read(path).then((text) => parseSource(text, path));
    this.#parsed.set(path, parsed);
    return parsed;
  }

  async read(path: string): Promise<string> {
    if (isNetwork(path)) {
      const problem = `${path} is not a local file, and nothing is fetched: save it beside the document.`;
      throw new DocumentError("reference_unresolved", problem);
    }
    const folder = await realpath(this.#folder).catch((cause: unknown) => unreadable(path, cause));
    const real = await realpath(path).catch(() => path);
    const way = relative(folder, real);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      const problem = `${path} is outside the folder ${folder}: move it there, or allow a folder that holds both.`;
      throw new DocumentError("reference_unresolved", problem);
    }
    // Not `path`: a link in it may lead elsewhere by now.
    return readText(real, path, { isFileOnly: true });
  }
}

/**
 * Reads a text file.
 *
 * @param name - Its path as errors have it.
 * @throws DocumentError `document_unreadable`
 */
export async function readText(
  path: string,
  name: string = path,
  { isFileOnly = false }: { readonly isFileOnly?: boolean } = {},
): Promise<string> {
  try {
    const stats = await stat(path);
    if (isFileOnly && !stats.isFile()) throw new TypeError("it is not a file");
    if (stats.size > maxFileBytes) throw new RangeError(`it is larger than ${maxFileBytes} bytes`);
    return await readFile(path, "utf8");
  } catch (cause) {
    return unreadable(name, cause);
  }
}

/** The file that a reference leads to, or the URL in it. */
export function fileOf(base: string, reference: string): string {
  const [file = ""] = reference.split("#");
  if (file === "") return base;
  return isNetwork(file) ? file : resolve(dirname(base), toPath(file));
}

export function isNetwork(text: string): boolean {
  return /^(?!file:)[a-z][a-z\d+.-]+:/i.test(text);
}

function toPath(url: string): string {
  if (/^file:/i.test(url)) return fileURLToPath(url);
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function unreadable(path: string, cause: unknown): never {
  const [line = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  const problem = `${path} cannot be read: ${line.replace(/\.$/, "")}.`;
  throw new DocumentError("document_unreadable", problem, { cause });
}
