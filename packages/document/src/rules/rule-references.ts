import type { ASTNode } from "@marcbachmann/cel-js";

/** A field that a rule looks at: `self.a.b` is the variable `self` with the path `["a", "b"]`. */
export interface FieldReference {
  readonly variable: string;
  readonly path: readonly string[];
}

/**
 * The variables and fields that an expression mentions, each once, in the order of the text. Variables of macros
 * (`x` in `list.all(x, …)`) are among them; a field whose name is only known at run time ends its path.
 */
export function ruleReferences(root: ASTNode): readonly FieldReference[] {
  const found = new Map<string, FieldReference>();
  collect(root, found);
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
  compareTexts(root, found);
  return found;
}

/** A reference as it is written in a rule. */
export function formatReference(reference: FieldReference): string {
  return [reference.variable, ...reference.path].join(".");
}

function compareTexts(operand: unknown, found: TextComparison[]): void {
  if (Array.isArray(operand)) {
    for (const part of operand) compareTexts(part, found);
    return;
  }
  if (!isNode(operand)) return;
  if (operand.op === "==" || operand.op === "!=" || operand.op === "in") {
    const [left, right] = operand.args;
    const field = readReference(left) ?? readReference(right);
    const others = right.op === "list" ? right.args : [left, right];
    for (const other of others) {
      if (field !== undefined && other.op === "value" && typeof other.args === "string") {
        found.push({ field, text: other.args });
      }
    }
  }
  compareTexts(operand.args, found);
}

function collect(operand: unknown, found: Map<string, FieldReference>): void {
  if (Array.isArray(operand)) {
    for (const part of operand) collect(part, found);
    return;
  }
  if (!isNode(operand)) return;
  const reference = readReference(operand);
  if (reference === undefined) return collect(operand.args, found);
  found.set(formatReference(reference), reference);
}

function readReference(node: ASTNode): FieldReference | undefined {
  if (node.op === "id") return { variable: node.args, path: [] };
  if (node.op !== "." && node.op !== "[]") return undefined;
  const [owner, field] = node.args;
  const name = typeof field === "string" ? field : field.op === "value" ? field.args : undefined;
  const inner = readReference(owner);
  if (inner === undefined || typeof name !== "string") return undefined;
  return { variable: inner.variable, path: [...inner.path, name] };
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}
