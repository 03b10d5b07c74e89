import { extname } from "node:path";
import type { SourcePlace } from "../document-error.ts";
import { DocumentError } from "../document-error.ts";
import type { JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { appendPointer, canonicalPointer, valueAt } from "../json-pointer.ts";
import type { DocumentNode } from "../walk-document.ts";
import { childrenOf, mapKeys } from "../walk-document.ts";
import type { FolderReader } from "./folder-reader.ts";
import { fileOf, isNetwork } from "./folder-reader.ts";

/**
 * Brings what a document's references and examples take from other files into it: what a reference leads to stands where it is
 * met first, and later references lead there. Only objects of the specification are references; an example may have a `$ref`.
 *
 * @param root - Is changed.
 * @throws DocumentError `reference_unresolved`, with the place in the document.
 */
export async function bundleFiles(
  root: JsonObject,
  path: string,
  reader: FolderReader,
  locate: (pointer: string) => SourcePlace | undefined,
): Promise<void> {
  const bundle = new Bundle(path, reader);
  const stack: Sourced[] = [
    { node: { kind: "document", pointer: "#", value: root, names: [] }, file: path },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- which reference is met first decides where its target stands
      stack.push(...(await bundle.take(next)).toReversed());
    } catch (cause) {
      const { pointer, value } = next.node;
      const key = typeof value["$ref"] === "string" ? "$ref" : "externalValue";
      const problem =
        cause instanceof DocumentError
          ? cause.problem
          : `it cannot be followed: ${cause instanceof Error ? cause.message : String(cause)}.`;
      const place = locate(appendPointer(pointer, key));
      throw new DocumentError("reference_unresolved", problem, { pointer, place, cause });
    }
  }
  bundle.rewriteMappings();
}

/** A node of the document, and the file that it was written in. */
interface Sourced {
  readonly node: DocumentNode;
  readonly file: string;
}

class Bundle {
  readonly #path: string;
  readonly #reader: FolderReader;
  /** Where in the document a part of another file stands. */
  readonly #places = new Map<string, string>();
  /** The files of objects that were written in another one than what is around them. */
  readonly #files = new WeakMap<object, string>();

  constructor(path: string, reader: FolderReader) {
    this.#path = path;
    this.#reader = reader;
  }

  /** The mappings of discriminators, each with its file. */
  readonly #mappings: (readonly [mapping: Record<string, unknown>, file: string])[] = [];

  /** Brings in what a node takes from other files, and gives the nodes below it. */
  async take({ node, file }: Sourced): Promise<readonly Sourced[]> {
    const mapping = node.kind === "discriminator" ? node.value["mapping"] : undefined;
    if (isJsonObject(mapping)) this.#mappings.push([mapping, file]);
    if (typeof node.value["$ref"] === "string") await this.#embed(node, file);
    if (node.kind === "example") await this.#embedExample(node.value, file);
    // By the letter a map cannot be a reference; many documents have one for `schemas`, say.
    for (const key of mapKeys.get(node.kind) ?? []) {
      const value = node.value[key];
      if (!isJsonObject(value) || typeof value["$ref"] !== "string") continue;
      const map = {
        kind: "paths",
        pointer: appendPointer(node.pointer, key),
        value,
        names: [],
      } as const;
      // oxlint-disable-next-line no-await-in-loop -- as in bundleFiles
      await this.#embed(map, file);
    }
    return childrenOf(node).map((child) => ({
      node: child,
      file: this.#files.get(child.value) ?? file,
    }));
  }

  /** Lets mappings lead where the schemas stand that they refer to, which the references beside them bring in. */
  rewriteMappings(): void {
    for (const [mapping, file] of this.#mappings) {
      for (const [name, reference] of Object.entries(mapping)) {
        const place = typeof reference === "string" ? this.#placeOf(reference, file) : undefined;
        if (place !== undefined) mapping[name] = place;
      }
    }
  }

  #placeOf(reference: string, from: string): string | undefined {
    const target = fileOf(from, reference);
    const hash = reference.indexOf("#");
    const fragment = hash === -1 ? "#" : reference.slice(hash);
    return target === this.#path ? fragment : this.#places.get(`${target}${fragment}`);
  }

  async #embed({ kind, pointer, value }: DocumentNode, from: string): Promise<void> {
    let file = from;
    for (let { $ref } = value; typeof $ref === "string" && $ref !== ""; { $ref } = value) {
      const target = fileOf(file, $ref);
      const hash = $ref.indexOf("#");
      const fragment = hash === -1 ? "#" : $ref.slice(hash);
      const key = `${target}${fragment}`;
      const known = this.#placeOf($ref, file);
      if (known !== undefined) {
        Object.assign(value, { $ref: known });
        return;
      }
      // oxlint-disable-next-line no-await-in-loop -- each reference stands in what the one before leads to
      const found = valueAt(await this.#reader.parse(target), canonicalPointer(fragment));
      const content =
        typeof found === "boolean" && kind === "schema" ? booleanSchema(found) : found;
      if (!isJsonObject(content)) {
        const problem = `the reference ${JSON.stringify($ref)} leads to nothing in ${target}.`;
        throw new DocumentError("reference_unresolved", problem);
      }
      const { $ref: _reference, ...beside } = value;
      const copy = structuredClone(content);
      Reflect.deleteProperty(value, "$ref");
      if (kind === "schema" && Object.keys(beside).length > 0) {
        const allOf: readonly unknown[] = Array.isArray(beside["allOf"]) ? beside["allOf"] : [];
        Object.assign(value, { allOf: [...allOf, copy] });
        this.#places.set(key, appendPointer(pointer, "allOf", allOf.length));
        this.#files.set(copy, target);
        return;
      }
      this.#places.set(key, pointer);
      this.#markMembers(copy, target);
      const descriptors = Object.getOwnPropertyDescriptors({ ...copy, ...beside });
      Object.defineProperties(value, descriptors);
      file = target;
    }
  }

  /** Notes where the children of a node come from: they are its members, or theirs. */
  #markMembers(value: object, file: string): void {
    for (const member of Object.values(value).filter(isObject)) {
      this.#files.set(member, file);
      for (const inner of Object.values(member).filter(isObject)) this.#files.set(inner, file);
    }
  }

  async #embedExample(example: JsonObject, from: string): Promise<void> {
    const { externalValue } = example;
    if (typeof externalValue !== "string" || isNetwork(externalValue)) return;
    const file = fileOf(from, externalValue);
    const isData = /^\.(?:json|ya?ml)$/i.test(extname(file));
    const value = isData
      ? structuredClone(await this.#reader.parse(file))
      : await this.#reader.read(file);
    Object.assign(example, { value });
    Reflect.deleteProperty(example, "externalValue");
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function booleanSchema(passes: boolean): JsonObject {
  return passes ? {} : { not: {} };
}
