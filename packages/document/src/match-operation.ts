import type { Operation } from "./operation.ts";

/** A path template that a request's path fits, with what the request says for its parameters. */
export interface PathMatch {
  readonly template: string;
  /** By name, percent-decoded; one that cannot be decoded stays as it was sent. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether every parameter could be decoded. */
  readonly isDecodable: boolean;
}

/** How a path is matched. */
export interface MatchPathOptions {
  /** Whether the path may begin with segments that the document does not have: the prefix of a proxy, say. @default false */
  readonly isPrefixed?: boolean;
}

/** The names of the parameters in a path template, in its order. */
export function templateParameters(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/**
 * Finds the path template that a request's path means: one without parameters before those with (OpenAPI 3.1, section 4.8.8),
 * and with fewer before more.
 *
 * @param templates - The keys of `paths`.
 * @param path - Percent-encoded, without the query.
 */
export function matchPath(
  templates: Iterable<string>,
  path: string,
  options: MatchPathOptions = {},
): PathMatch | undefined {
  const byParameters = [...templates].toSorted(
    (left, right) => templateParameters(left).length - templateParameters(right).length,
  );
  for (const template of byParameters) {
    const values = templatePattern(template, options.isPrefixed === true)
      .exec(path)
      ?.slice(1);
    if (values !== undefined) return toMatch(template, values);
  }
  return undefined;
}

/** The operation that a method and a path mean; undefined if the document has none for them. */
export function matchOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
  options?: MatchPathOptions,
): { readonly operation: Operation; readonly match: PathMatch } | undefined {
  const match = matchPath(new Set(operations.map((one) => one.path)), path, options);
  const operation = operations.find(
    (one) => one.path === match?.template && one.method === method.toUpperCase(),
  );
  return match && operation && { operation, match };
}

function templatePattern(template: string, isPrefixed: boolean): RegExp {
  const parts = template
    .split(/\{[^{}]+\}/)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${isPrefixed ? ".*" : ""}${parts.join("([^/]+)")}$`, "s");
}

function toMatch(template: string, values: readonly string[]): PathMatch {
  const decoded = values.map(decode);
  const names = templateParameters(template);
  return {
    template,
    parameters: Object.fromEntries(
      names.map((name, index) => [name, decoded[index] ?? values[index] ?? ""]),
    ),
    isDecodable: decoded.every((value) => value !== undefined),
  };
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
