import type { Credential, Operation } from "@qontext/sync-log-document";
import { appendPointer, templateParameters } from "@qontext/sync-log-document";
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

/** Which operation is meant, of which document. */
type OperationInput = Pick<PlanInput, "operation" | "specification">;

/** Whether an operation answers with a list of resources that another one reads. */
export function isCollection({ operation, specification }: OperationInput): boolean {
  return specification.collections.some(({ list }) => list === operation);
}

/** Where the list of a collection is in its body, as a JSON pointer; undefined for an operation that is none. */
export function listPointer({ operation, specification }: OperationInput): string | undefined {
  const collection = specification.collections.find(({ list }) => list === operation);
  return collection && appendPointer("", ...collection.listPath);
}

/**
 * The parameter that names the resource: the last one of the path, unless it is the only one and a collection follows it, as
 * in `/owners/{owner}/things`. A collection has none.
 */
export function resourceParameter(input: OperationInput): string | undefined {
  const { path } = input.operation;
  const names = templateParameters(path);
  if (isCollection(input)) return undefined;
  return names.length > 1 || path.endsWith("}") ? names.at(-1) : undefined;
}

/** The parameter that names the owner of what is read: the first one of the path that does not name the resource. */
export function ownerParameter(input: OperationInput): string | undefined {
  const resource = resourceParameter(input);
  return templateParameters(input.operation.path).find((name) => name !== resource);
}

/** The parameter that says most narrowly what is read: that of the resource, or of the last one that a collection belongs to. */
export function narrowestParameter(input: OperationInput): string | undefined {
  return resourceParameter(input) ?? templateParameters(input.operation.path).at(-1);
}

/** Whether the document has a response of its own for a status. */
export function isDocumented({ operation }: PlanInput, status: number): boolean {
  return operation.responses.some((response) => response.status === String(status));
}

/** The first target with the other tenant's owner, resource, or both in its place; undefined if they were not given. */
export function foreignTarget(
  input: PlanInput,
  what: "owner" | "resource" | "all",
): ParameterValues | undefined {
  const { owner, resource } = input.other;
  const names = [ownerParameter(input), resourceParameter(input)] as const;
  const changes: Record<string, string> = {};
  if (what !== "resource" && names[0] !== undefined) {
    if (owner === undefined) return undefined;
    changes[names[0]] = owner;
  }
  if (what !== "owner" && names[1] !== undefined) {
    if (resource === undefined) return undefined;
    changes[names[1]] = resource;
  }
  return Object.keys(changes).length === 0 ? undefined : { ...firstTarget(input), ...changes };
}
