import type {
  CompiledInvariant,
  DocumentNode,
  Invariant,
  Lifecycle,
  Located,
} from "@qontext/sync-log-document";
import {
  appendPointer,
  compileInvariants,
  isJsonObject,
  jsonContent,
  readContent,
  readInvariants,
  readLifecycle,
} from "@qontext/sync-log-document";
import { collectResponses, possibleStatuses } from "../collect-responses.ts";
import { readEnum, readProperty } from "../read-property.ts";
import { readRuleBook } from "../read-spec.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";
import { nodesOf, resolve, unlessUnreadable } from "../spec-model.ts";

/** An entry of an `x-invariants` list, and the schema of the body that it is about. */
interface LocatedInvariant {
  readonly pointer: string;
  readonly invariant: Invariant;
  /** Where the response or schema stands that has the list. */
  readonly owner: DocumentNode;
  readonly body: Located | undefined;
  readonly lifecycle: Lifecycle | undefined;
}

/** Every rule compiles. */
export const invariantCompiles: SpecRule = (model) =>
  locateInvariants(model).flatMap((located): readonly Finding[] => {
    const compiled = compile(located);
    if (!(compiled instanceof Error)) return [];
    return [
      { pointer: appendPointer(located.pointer, "rule"), message: withoutPeriod(compiled.message) },
    ];
  });

/** No two invariants of the document have the same id: reports name them by it. */
export const invariantIdIsUnique: SpecRule = (model) => {
  const all = locateInvariants(model);
  return all
    .filter(({ invariant }, index) =>
      all.slice(0, index).some((earlier) => earlier.invariant.id === invariant.id),
    )
    .map(({ pointer, invariant }) => ({
      pointer: appendPointer(pointer, "id"),
      message: `another invariant has the id "${invariant.id}"`,
    }));
};

/**
 * Every field that a rule mentions exists, and every text that it compares an enum with is one of its values. A rule with a
 * misspelt field passes for ever: `!has(self.eror) || …`.
 */
export const invariantFieldExists: SpecRule = (model) =>
  locateInvariants(model).flatMap((located): readonly Finding[] => {
    const compiled = compile(located);
    if (compiled instanceof Error) return [];
    const messages = [
      ...unknownFields(model, located, compiled),
      ...unknownTexts(model, located, compiled),
    ];
    return messages.map((message) => ({
      pointer: appendPointer(located.pointer, "rule"),
      message,
    }));
  });

/** Every invariant is about a part of some response: one that only a branch of `oneOf` leads to is never looked at. */
export const invariantIsReached: SpecRule = (model) => {
  const book = readRuleBook(model);
  // Rules that cannot be read are reported by the rule that judges examples by them.
  if (typeof book === "string") return [];
  const reached = new Set(
    collectResponses(model).flatMap((response) =>
      book
        .rulesFor(response.operation, possibleStatuses(response)[0])
        .sites.map(({ pointer }) => pointer),
    ),
  );
  return locateInvariants(model)
    .filter(({ owner }) => !reached.has(owner.pointer))
    .map(({ pointer, invariant }) => ({
      pointer,
      message: `no response leads to the invariant "${invariant.id}", so it is never looked at`,
    }));
};

function unknownFields(
  model: SpecModel,
  { body, owner }: LocatedInvariant,
  compiled: CompiledInvariant,
): readonly string[] {
  const responses = collectResponses(model).filter(
    ({ definition }) => definition === owner.pointer,
  );
  return compiled.references.flatMap(({ variable, path }) => {
    const written = [variable, ...path].join(".");
    if (variable === "request" && path[1] !== undefined) {
      const name = path[1];
      return responses
        .filter(({ pathParameters }) => !pathParameters.has(name))
        .map(({ operation }) => `${written}: ${operation} has no path parameter "${name}"`);
    }
    if (variable !== "self" && variable !== "oldSelf") return [];
    if (body !== undefined && readProperty(model, body, path) !== undefined) return [];
    return [`${written}: the schema has no such property`];
  });
}

function unknownTexts(
  model: SpecModel,
  { body }: LocatedInvariant,
  compiled: CompiledInvariant,
): readonly string[] {
  return compiled.comparisons.flatMap(({ field, text }) => {
    const isBody = field.variable === "self" || field.variable === "oldSelf";
    const values = isBody && body !== undefined ? readEnum(model, body, field.path) : undefined;
    if (values === undefined || values.includes(text)) return [];
    return [`"${text}" is not a value of ${[field.variable, ...field.path].join(".")}`];
  });
}

function locateInvariants(model: SpecModel): readonly LocatedInvariant[] {
  const { document } = model;
  const owners = [...nodesOf(model, "schema"), ...nodesOf(model, "response")];
  return owners.flatMap((owner): readonly LocatedInvariant[] => {
    // An extension of another shape is reported as that.
    const list = unlessUnreadable(() => readInvariants(document, owner)) ?? [];
    const body = owner.kind === "schema" ? owner : jsonSchema(model, owner);
    const lifecycle = body && unlessUnreadable(() => readLifecycle(document, body));
    return list.map((invariant, index) => ({
      pointer: appendPointer(owner.pointer, "x-invariants", index),
      invariant,
      owner,
      body,
      lifecycle,
    }));
  });
}

function jsonSchema(model: SpecModel, response: DocumentNode): Located | undefined {
  const json = jsonContent({ content: readContent(response) });
  const pointer = json?.schemaPointer;
  const schema = json?.value["schema"];
  return pointer !== undefined && isJsonObject(schema)
    ? resolve(model, { pointer, value: schema })
    : undefined;
}

function compile({ invariant, lifecycle }: LocatedInvariant): CompiledInvariant | Error {
  try {
    const [compiled] = compileInvariants([invariant], lifecycle).invariants;
    return compiled ?? new Error("it is empty");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function withoutPeriod(message: string): string {
  return message.replace(/\.$/, "");
}
