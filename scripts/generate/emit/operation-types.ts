import {
  appendPointer,
  componentsOf,
  objectMembers,
  pointerTokens,
  readContent,
  readWebhooks,
} from "@qontext/sync-log-document";
import type {
  Direction,
  DocumentNode,
  Located,
  NodeKind,
  OpenApiDocument,
  Operation,
  Parameter,
} from "@qontext/sync-log-document";
import { documentationOf } from "../documentation-of.ts";
import { statusOf } from "../name-operations.ts";
import type { NamedOperation } from "../name-operations.ts";
import { propertyKey } from "../names.ts";
import { formatTsDoc } from "../tsdoc.ts";
import { indent } from "./type-text.ts";
import type { TypeText } from "./type-text.ts";

/** What the operations of a document are made of. */
export interface OperationTypesSource {
  readonly document: OpenApiDocument;
  readonly operations: readonly NamedOperation[];
}

/** Gives the type of a schema, as what goes in a direction; `unknown` where there is no schema. */
export type TypeAt = (pointer: string | undefined, direction: Direction) => TypeText;

/** Which way the parts of an operation go: in a webhook the API sends the request. */
interface Directions {
  readonly sent: Direction;
  readonly answered: Direction;
}

const ofCalls: Directions = { sent: "request", answered: "response" };
const ofWebhooks: Directions = { sent: "response", answered: "request" };

/** The sections of `components` beside the schemas, by the kind of what is in them. */
const sectionOfKind: Readonly<Partial<Record<NodeKind, string>>> = {
  response: "responses",
  parameter: "parameters",
  requestBody: "requestBodies",
  header: "headers",
};

/**
 * The interfaces `paths`, `webhooks`, `components` and `operations`.
 *
 * @param schemas - The members of `components.schemas`.
 */
export function emitOperationTypes(
  { document, operations }: OperationTypesSource,
  schemas: readonly string[],
  typeAt: TypeAt,
): string {
  const writer = new OperationTypes(document, typeAt);
  const byPath = Map.groupBy(operations, ({ path }) => path);
  const paths = [...byPath].map(([path, methods]) => {
    const members = methods.map(
      ({ operationId, ...operation }) =>
        `${writer.docOf(operation.node)}${methodKey(operation)}: operations[${JSON.stringify(operationId)}];`,
    );
    return `${propertyKey(path)}: ${objectOf(members)};`;
  });
  const webhooks = readWebhooks(document).map((operation) => {
    const text = writer.operation(operation, ofWebhooks);
    return [
      operation.path,
      `${writer.docOf(operation.node)}${methodKey(operation)}: ${text};`,
    ] as const;
  });
  const byName = Map.groupBy(webhooks, ([name]) => name);
  const hooks = [...byName].map(
    ([name, methods]) => `${propertyKey(name)}: ${objectOf(methods.map(([, text]) => text))};`,
  );
  const named = operations.map(
    (operation) =>
      `${propertyKey(operation.operationId)}: ${writer.operation(operation, ofCalls)};`,
  );
  const sections = Object.entries(sectionOfKind).map(([kind, section]) => {
    const nodes = componentsOf(document.root).filter((node) => node.kind === kind);
    const members = nodes.map((node) => {
      const name = propertyKey(pointerTokens(node.pointer).at(-1) ?? "");
      return `${writer.docOf(node)}${name}: ${writer.component(node)};`;
    });
    return `${section}: ${members.length === 0 ? "never" : objectOf(members)};`;
  });
  return [
    declarationOf("paths", paths),
    declarationOf("webhooks", hooks),
    declarationOf("components", [
      `schemas: ${schemas.length === 0 ? "never" : objectOf(schemas)};`,
      ...sections,
    ]),
    declarationOf("operations", named),
  ].join("");
}

function declarationOf(name: string, members: readonly string[]): string {
  return members.length === 0
    ? `export type ${name} = Record<string, never>;\n`
    : `export interface ${name} ${objectOf(members)}\n`;
}

function methodKey({ method }: Pick<Operation, "method">): string {
  return method.toLowerCase();
}

function objectOf(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{\n${members.map((one) => `  ${indent(one)}\n`).join("")}}`;
}

class OperationTypes {
  readonly #document: OpenApiDocument;
  readonly #typeAt: TypeAt;

  constructor(document: OpenApiDocument, typeAt: TypeAt) {
    this.#document = document;
    this.#typeAt = typeAt;
  }

  docOf(node: DocumentNode): string {
    return formatTsDoc(documentationOf(this.#document, node));
  }

  operation(operation: Omit<Operation, "operationId">, { sent, answered }: Directions): string {
    const { parameters, requestBody, responses } = operation;
    const places = (["query", "header", "path", "cookie"] as const).map((place) => {
      const inPlace = parameters.filter((one) => one.in === place);
      if (inPlace.length === 0) return `${place}?: never;`;
      const members = inPlace.map((one) => this.#parameterMember(one, sent));
      const isRequired = inPlace.some((one) => one.isRequired);
      return `${place}${isRequired ? "" : "?"}: ${objectOf(members)};`;
    });
    const isNeeded = requestBody?.node.value["required"] === true;
    const body =
      requestBody === undefined
        ? "requestBody?: never;"
        : `requestBody${isNeeded ? "" : "?"}: ${this.#named(requestBody.node, () => this.#body(requestBody.node, sent))};`;
    const answers = responses.map(({ status, node }) => {
      const type = this.#named(node, () => this.#response(node, answered));
      return `${this.docOf(node)}${propertyKey(String(statusOf(status)))}: ${type};`;
    });
    return objectOf([`parameters: ${objectOf(places)};`, body, `responses: ${objectOf(answers)};`]);
  }

  /** A member of `components`. */
  component(node: DocumentNode): string {
    const { target } = this.#document.resolve(node);
    if (target.pointer !== node.pointer) return this.#named(target, () => this.component(target));
    if (node.kind === "response") return this.#response(node, "response");
    if (node.kind === "requestBody") return this.#body(node, "request");
    return this.#value(node, node.kind === "header" ? "response" : "request");
  }

  #parameterMember({ name, isRequired, node }: Parameter, direction: Direction): string {
    const type = this.#named(node, () => this.#value(node, direction));
    return `${this.docOf(node)}${propertyKey(name)}${isRequired ? "" : "?"}: ${type};`;
  }

  /** What is among the components is written there. */
  #named({ pointer, kind }: DocumentNode, write: () => string): string {
    const [components, section = "", name, ...more] = pointerTokens(pointer);
    const isComponent =
      components === "components" && section === sectionOfKind[kind] && more.length === 0;
    if (!isComponent || name === undefined) return write();
    return `components[${JSON.stringify(section)}][${JSON.stringify(name)}]`;
  }

  /** A parameter or a header. */
  #value(node: Located, direction: Direction): string {
    const [media] = readContent(node);
    const { schema } = node.value;
    const pointer =
      schema === undefined ? media?.schemaPointer : appendPointer(node.pointer, "schema");
    return this.#typeAt(pointer, direction).text;
  }

  #body(node: Located, direction: Direction): string {
    return objectOf([this.#content(node, direction)]);
  }

  #response(node: DocumentNode, direction: Direction): string {
    const headers = objectMembers(node.value["headers"]).map(([name, value]) => {
      const pointer = appendPointer(node.pointer, "headers", name);
      const header: DocumentNode = { kind: "header", pointer, value, names: [] };
      const { target } = this.#document.resolve(header);
      const type = this.#named(target, () => this.#value(target, direction));
      const isRequired = target.value["required"] === true;
      return `${this.docOf(header)}${propertyKey(name)}${isRequired ? "" : "?"}: ${type};`;
    });
    const all = objectOf([...headers, "[name: string]: unknown;"]);
    return objectOf([`headers: ${all};`, this.#content(node, direction)]);
  }

  #content(node: Located, direction: Direction): string {
    const members = readContent(node).map(({ mediaType, pointer, value, schemaPointer }) => {
      const doc = this.docOf({ kind: "mediaType", pointer, value, names: [] });
      return `${doc}${JSON.stringify(mediaType)}: ${this.#typeAt(schemaPointer, direction).text};`;
    });
    return members.length === 0 ? "content?: never;" : `content: ${objectOf(members)};`;
  }
}
