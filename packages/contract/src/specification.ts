import type {
  Assumption,
  Collection,
  Credential,
  Located,
  OpenApiDocument,
  Operation,
  RuleBook,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  appendPointer,
  assertReferences,
  collectRules,
  createSchemaRegistry,
  findCollections,
  isJsonObject,
  readAssumptions,
} from "@qontext/sync-log-document";
import { CouldNotJudgeError, toCouldNotJudge } from "./could-not-judge-error.ts";
import { defaultDocument } from "./face.ts";
import type { JudgingOptions } from "./run/run-options.ts";

/** A document that is ready to judge by: every reference leads to something, every schema, format and rule compiles. */
export interface Specification {
  readonly document: OpenApiDocument;
  readonly title: string;
  readonly version: string;
  /** The operations to judge, all of them read with GET. */
  readonly operations: readonly Operation[];
  readonly schemas: SchemaRegistry;
  readonly rules: RuleBook;
  /** The lists of the document, whether or not they are judged. */
  readonly collections: readonly Collection[];
  readonly assumptions: readonly Assumption[];
}

/** What was made of each document: compiling takes longer than many a run. */
const made = new WeakMap<OpenApiDocument, Map<string, Specification>>();

/**
 * Makes a document ready to judge by. Everything that could check something is compiled now, so that nothing is passed over
 * later.
 *
 * @throws CouldNotJudgeError if a reference, schema, format or rule cannot be used, or there is nothing to judge.
 */
export function createSpecification(options: JudgingOptions = {}): Specification {
  const { document = defaultDocument(), ignoredFormats, operationIds } = options;
  const ofDocument = made.get(document) ?? new Map<string, Specification>();
  made.set(document, ofDocument);
  const key = JSON.stringify([ignoredFormats, operationIds]);
  const known = ofDocument.get(key) ?? compile(document, options);
  ofDocument.set(key, known);
  return known;
}

function compile(
  document: OpenApiDocument,
  { ignoredFormats, operationIds }: JudgingOptions,
): Specification {
  try {
    assertReferences(document);
    const schemas = createSchemaRegistry(document, { ignoredFormats, direction: "response" });
    const operations = selectOperations(document, operationIds);
    for (const pointer of operations.flatMap(schemaPointers)) schemas.compile(pointer);
    const info = isJsonObject(document.value["info"]) ? document.value["info"] : {};
    const { title, version } = info;
    const rules = collectRules(document);
    return {
      document,
      title: typeof title === "string" ? title : "untitled",
      version: typeof version === "string" ? version : "0",
      operations,
      schemas,
      rules,
      collections: findCollections(document, rules),
      assumptions: readAssumptions(document),
    };
  } catch (error) {
    throw toCouldNotJudge(error);
  }
}

function selectOperations(
  document: OpenApiDocument,
  ids: readonly string[] | undefined,
): readonly Operation[] {
  const all = document.operations.filter(({ method }) => method === "GET");
  if (all.length === 0) {
    const message = "The spec has no GET operation, so there is nothing to judge.";
    throw new CouldNotJudgeError("bad_spec", message);
  }
  const unknown = ids?.find((id) => all.every((operation) => operation.id !== id));
  if (unknown !== undefined) {
    const known = all.map((operation) => operation.id).join(", ");
    const message = `The spec has no GET operation "${unknown}"; it has: ${known}.`;
    throw new CouldNotJudgeError("bad_options", message);
  }
  return ids === undefined ? all : all.filter((operation) => ids.includes(operation.id));
}

function schemaPointers({ parameters, responses }: Operation): readonly string[] {
  const headers = responses.flatMap((response) => [...response.headers.values()]);
  return [...parameters, ...responses.flatMap((response) => response.content)]
    .map(({ schemaPointer }) => schemaPointer)
    .concat(headers.map(headerSchema))
    .filter((pointer) => pointer !== undefined);
}

/** Where the schema of a response header stands, if it has one. */
export function headerSchema({ pointer, value }: Located): string | undefined {
  return value["schema"] === undefined ? undefined : appendPointer(pointer, "schema");
}

/** A text as a schema means it, such as a number; undefined if the schema refuses it. */
export function typedValue(
  { schemas }: Specification,
  schemaPointer: string,
  text: string,
): unknown {
  const candidates: readonly unknown[] = [
    text,
    ...(text.trim() === "" ? [] : [Number(text)]),
    ...(/^(?:true|false)$/.test(text) ? [text === "true"] : []),
  ];
  return candidates.find((value) => schemas.validate(schemaPointer, value).length === 0);
}

/**
 * The credential that an operation asks for: the first one that a single key can meet.
 *
 * @returns undefined if it asks for none, or can be used without.
 */
export function credentialOf({ security }: Operation): Credential | undefined {
  if (security.some((alternative) => alternative.length === 0)) return undefined;
  return security
    .flatMap((alternative) => (alternative.length === 1 ? alternative : []))
    .map(({ credential }) => credential)
    .find((credential) => credential !== undefined);
}
