import { pathParameters } from "../plan/plan-input.ts";
import type { Operation } from "../spec/operation.ts";

/** An operation with the values of its path parameters, decoded. */
export interface OperationMatch {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The operation that a path belongs to: the one with the fewest parameters, where several fit.
 *
 * @param isPrefixed - Whether the path may begin with segments that the document does not have, a proxy's prefix say.
 */
export function matchOperation(
  operations: readonly Operation[],
  path: string,
  isPrefixed: boolean,
): OperationMatch | undefined {
  const matches = operations.flatMap((operation): readonly OperationMatch[] => {
    const values = pathPattern(operation.path, isPrefixed).exec(path)?.slice(1);
    if (values === undefined) return [];
    const names = pathParameters(operation);
    return [
      {
        operation,
        parameters: Object.fromEntries(
          names.map((name, index) => [name, decode(values[index] ?? "")]),
        ),
      },
    ];
  });
  return matches.toSorted(
    (left, right) => pathParameters(left.operation).length - pathParameters(right.operation).length,
  )[0];
}

function pathPattern(template: string, isPrefixed: boolean): RegExp {
  const parts = template.split(/\{[^{}]+\}/).map(literal);
  return new RegExp(`${isPrefixed ? "(?:^|^.*)" : "^"}${parts.join("([^/]*)")}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
