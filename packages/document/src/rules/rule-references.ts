import type { ASTNode } from "@marcbachmann/cel-js";
import type { SiteStep } from "./schema-parts.ts";
import { eachMember } from "./schema-parts.ts";

/** A field that a rule looks at: `self.a.b` is the variable `self` with the path `["a", "b"]`. */
export interface FieldReference {
  readonly variable: string;
  /** `x.b` in `self.list.all(x, x.b > 0)` is `self` with `["list", eachMember, "b"]`, and so is `self.list[0].b`. */
  readonly path: readonly SiteStep[];
}

/** What the variables of macros, which hide others of their name, stand for; undefined for members of what was computed. */
type Scope = ReadonlyMap<string, FieldReference | undefined>;

/**
 * The variables and fields that an expression mentions, each once, in the order of the text. A field whose name is only known
 * at run time ends its path.
 */
export function ruleReferences(root: ASTNode): readonly FieldReference[] {
  const found = new Map<string, FieldReference>();
  visit(root, new Map(), (node, scope) => {
    const reference = readReference(node, scope);
    if (reference !== undefined) found.set(formatReference(reference), reference);
    // What a filter is told is looked at as well.
    return node.op === "id" || (reference !== undefined && node.op !== "rcall");
  });
  return [...found.values()];
}

/** A field that a rule compares with a text: `self.status == 'failed'`, or `self.status in ['failed', 'stopped']`. */
export interface TextComparison {
  readonly field: FieldReference;
  readonly text: string;
}

/** Every comparison of a field with a text that stands in an expression. */
export function textComparisons(root: ASTNode): readonly TextComparison[] {
  const found: TextComparison[] = [];
  visit(root, new Map(), (node, scope) => {
    if (node.op !== "==" && node.op !== "!=" && node.op !== "in") return false;
    const [left, right] = node.args;
    const field = readReference(left, scope) ?? readReference(right, scope);
    const others = right.op === "list" ? right.args : [left, right];
    for (const other of others) {
      if (field !== undefined && other.op === "value" && typeof other.args === "string") {
        found.push({ field, text: other.args });
      }
    }
    return false;
  });
  return found;
}

/** How deep lists are gone over within each other: 1 for a list of which each member is looked at once. */
export function loopDepth(operand: unknown): number {
  if (Array.isArray(operand)) return Math.max(0, ...operand.map(loopDepth));
  if (!isNode(operand)) return 0;
  const isLoop = readMacro(operand) !== undefined || isUniqueCall(operand);
  return loopDepth(operand.args) + (isLoop ? 1 : 0);
}

/** A reference as it is written in a rule; `self[*].id` for the `id` of each member. */
export function formatReference({ variable, path }: FieldReference): string {
  return [variable, ...path.map((step) => (typeof step === "symbol" ? "[*]" : `.${step}`))].join(
    "",
  );
}

/** Looks at each node of an expression, and into it unless `look` says that all of it has been seen. */
function visit(
  operand: unknown,
  scope: Scope,
  look: (node: ASTNode, scope: Scope) => boolean,
): void {
  if (Array.isArray(operand)) {
    for (const part of operand) visit(part, scope, look);
    return;
  }
  if (!isNode(operand) || look(operand, scope)) return;
  const macro = readMacro(operand);
  if (macro === undefined) return visit(operand.args, scope, look);
  visit(macro.list, scope, look);
  const list = readReference(macro.list, scope);
  const member: FieldReference | undefined = list && { ...list, path: [...list.path, eachMember] };
  visit(macro.rest, new Map(scope).set(macro.variable, member), look);
}

const macros = new Set(["all", "exists", "exists_one", "filter", "map"]);

function readMacro(
  node: ASTNode,
): { readonly list: ASTNode; readonly variable: string; readonly rest: ASTNode[] } | undefined {
  if (node.op !== "rcall") return undefined;
  const [name, list, [variable, ...rest]] = node.args;
  if (!macros.has(name) || variable?.op !== "id") return undefined;
  return { list, variable: variable.args, rest };
}

function readReference(node: ASTNode, scope: Scope): FieldReference | undefined {
  if (node.op === "id") {
    return scope.has(node.args) ? scope.get(node.args) : { variable: node.args, path: [] };
  }
  // The members of a filtered list are those of the list.
  if (node.op === "rcall" && node.args[0] === "filter") return readReference(node.args[1], scope);
  if (isUniqueCall(node)) {
    const [list, field] = node.args[1];
    return list && field?.op === "value"
      ? fieldOf(list, field.args, scope, [eachMember])
      : undefined;
  }
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [owner, field] = node.args;
  if (typeof field === "string") return fieldOf(owner, field, scope);
  if (field.op !== "value") return undefined;
  return fieldOf(owner, typeof field.args === "bigint" ? eachMember : field.args, scope);
}

function isUniqueCall(node: ASTNode): node is Extract<ASTNode, { readonly op: "call" }> {
  return node.op === "call" && node.args[0] === "isUnique";
}

function fieldOf(
  owner: ASTNode,
  name: unknown,
  scope: Scope,
  between: readonly SiteStep[] = [],
): FieldReference | undefined {
  const inner = readReference(owner, scope);
  if (inner === undefined || (typeof name !== "string" && name !== eachMember)) return undefined;
  return { variable: inner.variable, path: [...inner.path, ...between, name] };
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}
