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
 * with fewer before more, and `/{id}:cancel` before `/{id}`.
 *
 * @param templates - The keys of `paths`.
 * @param path - Percent-encoded, without the query.
 */
export function matchPath(
  templates: Iterable<string>,
  path: string,
  options: MatchPathOptions = {},
): PathMatch | undefined {
  const byParameters = [...templates]
    .map((template) => {
      const parameters = templateParameters(template);
      // What a parameter is called does not make a template more specific.
      const literals = template.length - parameters.join("").length;
      return { template, parameters: parameters.length, literals };
    })
    .toSorted((a, b) => a.parameters - b.parameters || b.literals - a.literals);
  for (const { template } of byParameters) {
    const values = matchTemplate(template, path, options.isPrefixed === true);
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

/** What a path has in place of a template's parameters; the work is linear in the path. */
function matchTemplate(
  template: string,
  path: string,
  isPrefixed: boolean,
): readonly string[] | undefined {
  // A path on its way has these encoded, however the template has them.
  const encoded = template.replaceAll(/[^!-~\p{Cs}]+/gu, encodeURIComponent);
  const wanted = encoded.split("/");
  const segments = isPrefixed ? path.split("/").slice(-wanted.length) : path.split("/");
  if (segments.length !== wanted.length) return undefined;
  const values = segments.map((segment, index) =>
    isPrefixed && index === 0 ? [] : matchSegment(wanted[index] ?? "", segment),
  );
  return values.includes(undefined) ? undefined : values.flatMap((value) => value ?? []);
}

/** Each parameter takes a character at least, and the first ones as many as they can: it is read from the end. */
function matchSegment(template: string, segment: string): readonly string[] | undefined {
  const [start = "", ...literals] = template.split(/\{[^{}]+\}/);
  const last = literals.pop();
  if (last === undefined) return segment === start ? [] : undefined;
  if (!segment.startsWith(start) || !segment.endsWith(last)) return undefined;
  const values: string[] = [];
  let end = segment.length - last.length;
  for (const literal of literals.toReversed()) {
    const at = segment.lastIndexOf(literal, end - literal.length - 1);
    values.push(segment.slice(at + literal.length, end));
    end = at;
  }
  return end > start.length
    ? [...values, segment.slice(start.length, end)].toReversed()
    : undefined;
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
