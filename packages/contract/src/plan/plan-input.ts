import type { Credential, Operation } from "@qontext/sync-log-document";
import { templateParameters } from "@qontext/sync-log-document";
import type { Specification } from "../specification.ts";

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
    readonly owner?: string | undefined;
    readonly resource?: string | undefined;
    readonly key?: string | undefined;
  };
  /** Absent where the operation asks for none. */
  readonly credential?: Credential | undefined;
  readonly key?: string | undefined;
  readonly seed: number;
  /** Whether methods that could change data may be sent to a resource that exists. */
  readonly mayTouchData: boolean;
}

/** The parameters of the resource that most cases use. */
export function firstTarget(input: PlanInput): ParameterValues {
  return input.targets[0] ?? {};
}

/** The parameter that names the resource: the last one of the path. */
export function resourceParameter({ operation }: Pick<PlanInput, "operation">): string | undefined {
  return templateParameters(operation.path).at(-1);
}

/** The parameter that names the owner of the resource: the first one of the path, where there are two or more. */
export function ownerParameter({ operation }: Pick<PlanInput, "operation">): string | undefined {
  const names = templateParameters(operation.path);
  return names.length > 1 ? names[0] : undefined;
}

/** Whether the document has a response of its own for a status. */
export function isDocumented({ operation }: PlanInput, status: number): boolean {
  return operation.responses.some((response) => response.status === String(status));
}
