/** A path template that a request's path fits, with what the request says for its parameters. */
export interface PathMatch<Place> {
  readonly template: string;
  /** What is below this template, in its order: the operations of a path. */
  readonly places: readonly Place[];
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

/** Finds what a path means; undefined if the document has nothing for it. The path is percent-encoded, without the query. */
export type PathMatcher<Place> = (
  path: string,
  options?: MatchPathOptions,
) => PathMatch<Place> | undefined;

/** The names of the parameters in a path template, in its order. */
export function templateParameters(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/** The path that a template means for values of its parameters; `segments` are values that are encoded already, or meant as they are. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  segments: Readonly<Record<string, string>> = {},
): string {
  return template.replaceAll(
    /\{([^{}]+)\}/g,
    (_all, name: string) => segments[name] ?? encodeURIComponent(values[name] ?? ""),
  );
}

/**
 * Prepares to find the path template that a request's path means: one without parameters before those with (OpenAPI 3.1, section
 * 4.8.8), with fewer before more, and `/{id}:cancel` before `/{id}`.
 *
 * @param places - The operations of a document, or anything else with a path template.
 */
export function createPathMatcher<Place extends { readonly path: string }>(
  places: readonly Place[],
): PathMatcher<Place> {
  const templates = [...new Set(places.map(({ path }) => path))]
    .map((template) => ({
      ...readTemplate(template),
      places: places.filter(({ path }) => path === template),
    }))
    .toSorted((a, b) => a.names.length - b.names.length || b.literals - a.literals);
  return (path, { isPrefixed = false } = {}) => {
    const segments = path.split("/");
    for (const { template, places: below, names, wanted } of templates) {
      const values = matchSegments(wanted, segments, isPrefixed);
      if (values === undefined) continue;
      const decoded = values.map(decode);
      const entries = names.map((name, index) => [name, decoded[index] ?? values[index] ?? ""]);
      const parameters: Readonly<Record<string, string>> = Object.fromEntries(entries);
      return { template, places: below, parameters, isDecodable: !decoded.includes(undefined) };
    }
    return undefined;
  };
}

interface Template {
  readonly template: string;
  readonly names: readonly string[];
  /** How many characters are not names of parameters: those do not make a template more specific. */
  readonly literals: number;
  /** The literal texts of each segment, around its parameters. */
  readonly wanted: readonly (readonly string[])[];
}

function readTemplate(template: string): Template {
  const names = templateParameters(template);
  // A path on its way has these encoded, however the template has them.
  const encoded = template.replaceAll(/[^!-~\p{Cs}]+/gu, encodeURIComponent);
  const wanted = encoded.split("/").map((segment) => segment.split(/\{[^{}]+\}/));
  return { template, names, literals: template.length - names.join("").length, wanted };
}

/** What a path has in place of a template's parameters; the work is linear in the path. */
function matchSegments(
  wanted: Template["wanted"],
  segments: readonly string[],
  isPrefixed: boolean,
): readonly string[] | undefined {
  const surplus = segments.length - wanted.length;
  if (surplus < 0 || (surplus > 0 && !isPrefixed)) return undefined;
  const found: string[] = [];
  for (const [index, literals] of wanted.entries()) {
    if (isPrefixed && index === 0) continue;
    const values = matchSegment(literals, segments[surplus + index] ?? "");
    if (values === undefined) return undefined;
    found.push(...values);
  }
  return found;
}

/** Each parameter takes a character at least, and the first ones as many as they can: it is read from the end. */
function matchSegment(
  [start = "", ...others]: readonly string[],
  segment: string,
): readonly string[] | undefined {
  const literals = others.slice(0, -1);
  const last = others.at(-1);
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

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
