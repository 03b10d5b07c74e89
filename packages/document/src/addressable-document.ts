import type { SourcePlace } from "./document-error.ts";
import type { JsonObject } from "./json.ts";
import type { DocumentNode, Located } from "./walk-document.ts";

/** What a chain of references leads to. */
export interface Resolved<Node extends Located = Located> {
  /** The object that is not a reference itself; of the kind that the first one has. */
  readonly target: Node;
  /** The references on the way, first to last: OpenAPI 3.1 lets them say something beside `$ref`. */
  readonly references: readonly Node[];
}

/** What can be asked of a document by its pointers, before its operations are read. */
export interface AddressableDocument {
  readonly value: JsonObject;
  readonly version: "3.0" | "3.1";
  /** The document itself, to walk from. */
  readonly root: DocumentNode;
  /**
   * What a pointer points at; undefined if there is nothing.
   *
   * @throws DocumentError `invalid_pointer`
   */
  at(pointer: string): unknown;

  /**
   * Follows `$ref` after `$ref`.
   *
   * @throws DocumentError `reference_unresolved` if they lead to nothing, out of the document or in a circle;
   *   `invalid_pointer`
   */
  resolve<Node extends Located>(node: Node): Resolved<Node>;

  /** Every object of the specification in it, each once, parents first. References are not followed. */
  walk(): Iterable<DocumentNode>;

  /** Where a pointer leads to in the file; undefined for a document without a file, and for what came from another file. */
  locate(pointer: string): SourcePlace | undefined;
}
