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
  formatReference,
  isJsonObject,
  jsonContent,
  readContent,
  readInvariants,
  readLifecycle,
} from "@qontext/sync-log-document";
import { collectResponses } from "../collect-responses.ts";
import { readEnum, readProperty } from "../read-property.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";
import { nodesOf, readRuleBook, reasonOf, resolve, unlessUnreadable } from "../spec-model.ts";

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
    return typeof compiled === "string" ? [at(located, "rule", compiled)] : [];
  });

/** No two invariants of the document have the same id: reports name them by it. */
export const invariantIdIsUnique: SpecRule = (model) => {
  const ids = new Set<string>();
  return locateInvariants(model).flatMap((located): readonly Finding[] => {
    const { id } = located.invariant;
    if (ids.has(id)) return [at(located, "id", `another invariant has the id "${id}"`)];
    ids.add(id);
    return [];
  });
};

/**
 * Every field that a rule mentions exists, and every text that it compares an enum with is one of its values. A rule with a
 * misspelt field passes for ever: `!has(self.eror) || …`.
 */
export const invariantFieldExists: SpecRule = (model) =>
  locateInvariants(model).flatMap((located): readonly Finding[] => {
    const compiled = compile(located);
    if (typeof compiled === "string") return [];
    return [
      ...unknownFields(model, located, compiled),
      ...unknownTexts(model, located, compiled),
    ].map((message) => at(located, "rule", message));
  });

/** Every invariant is about a part of some response: one that only a branch of `oneOf` leads to is never looked at. */
export const invariantIsReached: SpecRule = (model) => {
  // Rules that cannot be read are reported by the rule that judges examples by them.
  if (typeof readRuleBook(model) === "string") return [];
  const sites = collectResponses(model).flatMap(({ rules }) => rules?.sites ?? []);
  const reached = new Set(sites.map(({ pointer }) => pointer));
  return locateInvariants(model)
    .filter(({ owner }) => !reached.has(owner.pointer))
    .map(({ pointer, invariant }) => ({
      pointer,
      message: `no response leads to the invariant "${invariant.id}", so it is never looked at`,
    }));
};

function at({ pointer }: LocatedInvariant, member: "rule" | "id", message: string): Finding {
  return { pointer: appendPointer(pointer, member), message };
}

function unknownFields(
  model: SpecModel,
  { body, owner }: LocatedInvariant,
  compiled: CompiledInvariant,
): readonly string[] {
  const responses = collectResponses(model).filter(
    ({ definition }) => definition === owner.pointer,
  );
  return compiled.references.flatMap((reference) => {
    const { variable, path } = reference;
    const written = formatReference(reference);
    const [, name] = path;
    if (variable === "request" && typeof name === "string") {
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
    return [`"${text}" is not a value of ${formatReference(field)}`];
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

/** The compiled rule; why, if it does not compile. */
function compile({ invariant, lifecycle }: LocatedInvariant): CompiledInvariant | string {
  try {
    return compileInvariants([invariant], lifecycle).invariants[0] ?? "it is empty";
  } catch (error) {
    return reasonOf(error);
  }
}
