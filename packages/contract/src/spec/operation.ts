import type { CompiledInvariants, Lifecycle } from "@qontext/sync-log-rules";
import type { OpenApiDocument } from "./load-document.ts";
import type { SchemaRegistry } from "./schema-registry.ts";

/** Where a parameter stands in the request. */
export type ParameterPlace = "path" | "query" | "header" | "cookie";

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly isRequired: boolean;
  /** Where its schema stands in the document. */
  readonly schemaPointer?: string;
  /** Values that the document gives for it, as text, best first. */
  readonly examples: readonly string[];
}

/** A header that a response is documented to have. */
export interface ResponseHeader {
  readonly name: string;
  readonly isRequired: boolean;
  readonly pointer: string;
  readonly schemaPointer?: string;
}

/** A media type that a response is documented to have. */
export interface ResponseContent {
  /** As documented: `application/json`, `text/*`. */
  readonly mediaType: string;
  readonly schemaPointer?: string;
}

/** One documented response of an operation. */
export interface DocumentedResponse {
  /** `200`, `4XX` or `default`. */
  readonly key: string;
  readonly pointer: string;
  readonly content: readonly ResponseContent[];
  readonly headers: readonly ResponseHeader[];
  readonly invariants?: CompiledInvariants;
}

/** How a credential is sent. */
export interface SecurityScheme {
  readonly name: string;
  readonly type: "apiKey" | "bearer" | "basic";
  readonly place: "header" | "query" | "cookie";
  /** Name of the header, query parameter or cookie. */
  readonly parameter: string;
}

/** A GET operation of the document. */
export interface Operation {
  readonly id: string;
  /** The path template. */
  readonly path: string;
  readonly pointer: string;
  readonly parameters: readonly Parameter[];
  readonly responses: readonly DocumentedResponse[];
  /** The credential it asks for; absent if it can be used without one. */
  readonly security?: SecurityScheme;
}

/** Rules about the values of one schema. */
export interface SchemaRules {
  readonly pointer: string;
  readonly invariants: CompiledInvariants;
  readonly lifecycle?: Lifecycle;
}

/** Something that the document assumes and nobody has confirmed. */
export interface Assumption {
  /** Where it stands, without the last token `x-assumption`. */
  readonly pointer: string;
  readonly text: string;
}

/** An OpenAPI document that is ready to judge by: every schema, format and rule compiles. */
export interface Specification {
  readonly document: OpenApiDocument;
  readonly title: string;
  readonly version: string;
  readonly operations: readonly Operation[];
  readonly schemas: SchemaRegistry;
  /** By the place of the schema they are about. */
  readonly rules: ReadonlyMap<string, SchemaRules>;
  readonly assumptions: readonly Assumption[];
}

/** The documented response that a status belongs to: itself, its range, or the default (OpenAPI 3.1, section 4.8.16). */
export function documentedResponse(
  operation: Operation,
  status: number,
): DocumentedResponse | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  for (const key of keys) {
    const response = operation.responses.find(
      (candidate) => candidate.key.toUpperCase() === key.toUpperCase(),
    );
    if (response !== undefined) return response;
  }
  return undefined;
}
