import { splitPointer } from "@qontext/sync-log-document";

/** One thing that is wrong with a value. */
export interface ValidationIssue {
  /** What is wrong, as half a sentence: `must be string`. */
  readonly message: string;
  /** Where: property names and array indexes from the value down. Of a missing property, the place where it belongs. */
  readonly path: readonly PropertyKey[];
  /**
   * The keyword of JSON Schema that does not hold: `type`, `required`, `format` … A value that is not among those known is
   * `enum`: a newer server may well send one, so a reader can let it pass.
   */
  readonly keyword: string;
  /** What the keyword asks for: `{ allowedValues }` of `enum`, `{ format }` of `format` … */
  readonly params: Readonly<Record<string, unknown>>;
}

/** The outcome of a validation: the value itself with its type, or what is wrong with it. */
export type ValidationResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly ValidationIssue[] };

/**
 * Checks a value against a schema of the document. It is a function, and a Standard Schema (https://standardschema.dev) at
 * the same time.
 *
 * Unknown properties pass. All issues are reported, up to 100. The value is neither changed nor copied.
 */
export interface Validator<T> {
  (value: unknown): ValidationResult<T>;
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "qontext";
    readonly validate: (value: unknown) => ValidationResult<T>;
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
}

/** An error as Ajv's code reports it. */
export interface RawError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A function as Ajv generates it. A type is what its schema says, and the schema is what the function checks. */
export interface RawValidate<T> {
  (value: unknown): value is T;
  errors?: readonly RawError[] | null;
}

const maxIssues = 100;

/** Makes a validator of a function that Ajv generated. */
export function createValidator<T>(check: RawValidate<T>): Validator<T> {
  const validate = (value: unknown): ValidationResult<T> => {
    if (check(value)) return { value };
    const errors = check.errors ?? [];
    return { issues: errors.slice(0, maxIssues).map((error) => toIssue(error, value)) };
  };
  return Object.assign((value: unknown) => validate(value), {
    "~standard": { version: 1, vendor: "qontext", validate },
  } as const);
}

/** Adds an error, unless there are enough: an endless list of wrong values must not become an endless list of errors. */
export function addError(errors: RawError[] | null, error: RawError): RawError[] {
  if (errors === null) return [error];
  if (errors.length < maxIssues) errors.push(error);
  return errors;
}

/** Adds the errors of another function, up to the same number. */
export function addErrors(
  errors: RawError[] | null,
  others: readonly RawError[] | null | undefined,
): RawError[] {
  const all = errors ?? [];
  for (const error of others ?? []) {
    if (all.length >= maxIssues) break;
    all.push(error);
  }
  return all;
}

function toIssue(error: RawError, root: unknown): ValidationIssue {
  const { keyword, params, message = "is not valid" } = error;
  const path: PropertyKey[] = [];
  let value = root;
  for (const key of splitPointer(error.instancePath)) {
    path.push(Array.isArray(value) ? Number(key) : key);
    value = memberOf(value, key);
  }
  const missing = params["missingProperty"];
  if (keyword === "required" && typeof missing === "string") path.push(missing);
  return { message, path, keyword, params };
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
