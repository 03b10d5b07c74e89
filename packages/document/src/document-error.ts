/** What is wrong with a document; stable, for programs. */
export type DocumentErrorCode =
  /** A file cannot be read, is not JSON or YAML, or is larger than allowed. */
  | "document_unreadable"
  /** It is not an OpenAPI 3.0 or 3.1 document. */
  | "document_unsupported"
  /** A `$ref` or `externalValue` leads to nothing, in a circle, to the network or out of the allowed folder. */
  | "reference_unresolved"
  /** A JSON pointer is malformed. */
  | "invalid_pointer"
  /** An object lacks what the specification requires: a parameter without a name, say. */
  | "invalid_object"
  /** An `x-invariants` or `x-lifecycle` does not have the shape that is read. */
  | "invalid_extension"
  /** A schema does not compile. */
  | "invalid_schema"
  /** A schema has a keyword or format that would check nothing. */
  | "unknown_keyword";

/** Where something stands in a file. */
export interface SourcePlace {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Where a problem is, as far as it is known. */
export interface DocumentErrorDetails {
  /** Place in the document, as a JSON pointer that starts with `#`. */
  readonly pointer?: string | undefined;
  readonly place?: SourcePlace | undefined;
  readonly cause?: unknown;
}

/** A problem after its place, as far as that is known: `file:line:column: #/pointer: problem`. */
export function afterPlace(problem: string, { pointer, place }: DocumentErrorDetails): string {
  const position = place && `${place.file}:${place.line}:${place.column}`;
  return [position, pointer, problem].filter((part) => part !== undefined).join(": ");
}

/** An OpenAPI document cannot be read, or contradicts itself or the specification. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  /** Stable, for programs. */
  readonly code: DocumentErrorCode;
  /** What is wrong, without the place. */
  readonly problem: string;
  /** Place in the document, as a JSON pointer that starts with `#`; null if the problem has none. */
  readonly pointer: string | null;
  /** File, line and column; null if they are not known. */
  readonly place: SourcePlace | null;

  /** @param problem - A sentence that says what is wrong and what to do. */
  constructor(code: DocumentErrorCode, problem: string, details: DocumentErrorDetails = {}) {
    const { pointer = null, place = null } = details;
    super(afterPlace(problem, details), "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.problem = problem;
    this.pointer = pointer;
    this.place = place;
  }
}
