/** A JSON object of the document. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of the document as it is written (a `$ref` is not followed), with what OpenAPI calls such an object. */
export interface SpecNode {
  /** Redocly's name of the kind of object: `Schema`, `Response`, `MediaType`, … */
  readonly type: string;
  /** JSON pointer that starts with `#`. */
  readonly pointer: string;
  readonly value: JsonObject;
  /** Whether its keys that begin with `x-` are extensions; in a map of properties they are names. */
  readonly hasExtensions: boolean;
}

/** A document as the rules see it. */
export interface SpecModel {
  readonly document: JsonObject;
  /** Every object of the document, each once. */
  readonly nodes: readonly SpecNode[];
  /** Absolute path of the folder that the document is in. */
  readonly folder: string;
}

/** Something that is wrong. */
export interface Finding {
  /** Where, as a JSON pointer that starts with `#`; the nearest ancestor is shown if it leads to nothing. */
  readonly pointer: string;
  /** The file that the pointer leads into, if it is not the document itself: an absolute path. */
  readonly file?: string | undefined;
  /** What is wrong and what to do, as a sentence without a period. */
  readonly message: string;
}

/** A pure function from a document to what is wrong with it. */
export type SpecRule = (model: SpecModel) => readonly Finding[];

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A pointer with more segments, escaped as RFC 6901 says. */
export function joinPointer(pointer: string, ...segments: readonly (string | number)[]): string {
  const escaped = segments.map((segment) =>
    String(segment).replaceAll("~", "~0").replaceAll("/", "~1"),
  );
  return [pointer, ...escaped].join("/");
}

/** Keeps what a function finds out about a model: several rules ask the same. */
export function oncePerModel<Result>(
  compute: (model: SpecModel) => Result,
): (model: SpecModel) => Result {
  const results = new WeakMap<SpecModel, { readonly result: Result }>();
  return (model) => {
    const known = results.get(model) ?? { result: compute(model) };
    results.set(model, known);
    return known.result;
  };
}

/** The nodes of one kind. */
export function nodesOf(model: SpecModel, type: string): readonly SpecNode[] {
  return model.nodes.filter((node) => node.type === type);
}

/** What a pointer leads to in the document; `undefined` if to nothing. */
export function findByPointer(document: JsonObject, pointer: string): unknown {
  let value: unknown = document;
  for (const part of pointer.split("/").slice(1)) {
    const segment = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment))
      return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}

/**
 * Follows `$ref` after `$ref` inside the document.
 *
 * @returns the object and its own pointer, or undefined if the references lead to nothing or in a circle; another rule
 *   reports that.
 */
export function resolve(
  document: JsonObject,
  value: unknown,
  pointer: string,
): { readonly value: JsonObject; readonly pointer: string } | undefined {
  let current = { value, pointer };
  for (let hops = 0; hops < 100; hops += 1) {
    if (!isJsonObject(current.value)) return undefined;
    const reference = current.value["$ref"];
    if (typeof reference !== "string") return { value: current.value, pointer: current.pointer };
    if (!reference.startsWith("#")) return undefined;
    current = { value: findByPointer(document, reference), pointer: reference };
  }
  return undefined;
}
