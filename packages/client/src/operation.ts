/** One parameter of an operation, as the generated table describes it. */
export interface OperationParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** What the client needs to know of an operation to have a method for it. */
export interface Operation {
  readonly method: string;
  /** With `{name}` in place of each path parameter. */
  readonly path: string;
  readonly parameters: readonly OperationParameter[];
  /** Null for an operation that takes no body. */
  readonly requestBody?: { readonly required: boolean } | null;
}

/** Operations by their operationId. */
export type OperationTable = Readonly<Record<string, Operation>>;
