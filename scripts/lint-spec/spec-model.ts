import type {
  DocumentNode,
  Located,
  NodeKind,
  OpenApiDocument,
  RuleBook,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import { collectRules, createSchemaRegistry, DocumentError } from "@qontext/sync-log-document";

/** A document as the rules see it. */
export interface SpecModel {
  readonly document: OpenApiDocument;
  /** Every object of the document, each once. */
  readonly nodes: readonly DocumentNode[];
  /** Absolute path of the folder that the document is in. */
  readonly folder: string;
}

/** Something that is wrong. */
export interface Finding {
  /** Where, as a JSON pointer; the nearest object around it is shown if it leads to nothing. */
  readonly pointer: string;
  /** The file that the pointer leads into, if it is not the document itself: an absolute path. */
  readonly file?: string | undefined;
  /** What is wrong and what to do, as a sentence without a period. */
  readonly message: string;
}

/** A pure function from a document to what is wrong with it. */
export type SpecRule = (model: SpecModel) => readonly Finding[];

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

/** The nodes of one kind that are not references. Only a schema may say more than its `$ref`. */
export function nodesOf(model: SpecModel, kind: NodeKind): readonly DocumentNode[] {
  return model.nodes.filter((node) => node.kind === kind && !isMereReference(node));
}

/** Whether a node only refers to an object of its kind. */
export function isMereReference({ kind, value }: DocumentNode): boolean {
  return typeof value["$ref"] === "string" && kind !== "schema";
}

/** What references lead to; undefined if to nothing. */
export function resolve<Node extends Located>(model: SpecModel, node: Node): Node | undefined {
  return unlessUnreadable(() => model.document.resolve(node).target);
}

/** What a function reads of a document; undefined if the document cannot be read there, which another rule reports. */
export function unlessUnreadable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** Why something failed, as a sentence without a period. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}

/** The rules of the document; why, if they cannot be read. */
export const readRuleBook: (model: SpecModel) => RuleBook | string = oncePerModel(
  ({ document }) => {
    try {
      return collectRules(document);
    } catch (error) {
      return reasonOf(error);
    }
  },
);

/** The schemas of the document, ready to judge values; unknown keywords and formats are refused. */
export const readSpecSchemas: (model: SpecModel) => SchemaRegistry = oncePerModel(({ document }) =>
  createSchemaRegistry(document),
);

/** Why a schema does not compile, as a sentence without a period; undefined if it does. */
export function compileProblem(model: SpecModel, pointer: string): string | undefined {
  try {
    readSpecSchemas(model).compile(pointer);
    return undefined;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.problem.replace(/^the schema does not compile: |\.$/g, "");
  }
}
