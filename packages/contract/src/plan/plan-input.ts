import type { Operation, Specification } from "../spec/operation.ts";

/** Values for the parameters of an operation, by name. */
export type ParameterValues = Readonly<Record<string, string>>;

/** What a plan for one operation is made from. */
export interface PlanInput {
  readonly specification: Specification;
  readonly operation: Operation;
  /** The path of the base URL, without a slash at its end. */
  readonly basePath: string;
  /** Resources that exist, first the one that most cases use. Never empty. */
  readonly targets: readonly ParameterValues[];
  /** Of the second tenant. */
  readonly other: {
    readonly workspace?: string;
    readonly resource?: string;
    readonly key?: string;
  };
  /** Absent where the operation asks for none. */
  readonly key?: string;
  readonly seed: number;
  /** Whether methods that could change data may be sent to a resource that exists. */
  readonly mayTouchData: boolean;
}

/** The parameter that names the resource: the last one of the path. */
export function resourceParameter({ operation }: Pick<PlanInput, "operation">): string | undefined {
  return pathParameters(operation).at(-1);
}

/** The parameter that names the owner of the resource: the first one of the path, where there are two or more. */
export function ownerParameter({ operation }: Pick<PlanInput, "operation">): string | undefined {
  const names = pathParameters(operation);
  return names.length > 1 ? names[0] : undefined;
}

/** Names of the path parameters in the order of the path. */
export function pathParameters(operation: Operation): readonly string[] {
  return [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
}
