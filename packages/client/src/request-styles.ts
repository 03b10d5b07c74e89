// The styles in which OpenAPI writes parameters (OpenAPI 3.1, section 4.8.12), where they are not the default ones.

/** Makes a text fit for the place it is put into. */
export type Encode = (text: string) => string;

/** `style: form` with `explode`, the default of a query: a pair for each item of an array or member of an object. */
export function exploded(
  name: string,
  value: unknown,
  encode: Encode = encodeURIComponent,
): string {
  if (isAbsent(value)) return "";
  if (typeof value !== "object") return `${name}=${encode(scalarText(value))}`;
  const pairs: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown) => [name, item])
    : membersOf(value).map(([key, member]) => [encodeURIComponent(key), member]);
  return pairs.map(([key, one]) => `${key}=${encode(scalarText(one))}`).join("&");
}

/** One pair for all items: `form` without `explode`, `spaceDelimited` and `pipeDelimited`. */
export function delimited(
  name: string,
  value: unknown,
  delimiter: string,
  encode: Encode = encodeURIComponent,
): string {
  const text = isAbsent(value) ? "" : joined(value, delimiter, { encode });
  return text === "" && typeof value !== "string" ? "" : `${name}=${text}`;
}

/** `deepObject`: `filter[color]=red`. What is nested deeper goes on in brackets; the items of an array share a name. */
export function deepObject(
  name: string,
  value: unknown,
  encode: Encode = encodeURIComponent,
): string {
  if (isAbsent(value)) return "";
  if (typeof value !== "object") return `${name}=${encode(scalarText(value))}`;
  const parts = Array.isArray(value)
    ? value.map((item: unknown) => deepObject(name, item, encode))
    : membersOf(value).map(([key, member]) =>
        deepObject(`${name}%5B${encodeURIComponent(key)}%5D`, member, encode),
      );
  return parts.filter((part) => part !== "").join("&");
}

/** A parameter whose `content` is JSON, as text; undefined where there is none. */
export function jsonText(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : JSON.stringify(value);
}

/**
 * For `allowReserved`: leaves the reserved characters (RFC 3986, section 2.2) as they are that mean nothing in a query. `#`, `[`,
 * `]`, `&`, `=` and `+` have to be encoded all the same.
 */
export function encodeReserved(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:3A|2F|3F|40|24|2C|3B)/g, decodeURIComponent);
}

/** How {@link joined} writes. */
export interface JoinOptions {
  /** Whether the members of an object are `key=value`; otherwise keys and values take turns. @default false */
  readonly isExploded?: boolean;
  /** @default the text as it is */
  readonly encode?: Encode;
}

/** The items of an array, or the members of an object, in one text: what the style `simple` is made of. */
export function joined(
  value: unknown,
  delimiter: string,
  { isExploded = false, encode = (text) => text }: JoinOptions = {},
): string {
  if (typeof value !== "object" || value === null) return encode(scalarText(value));
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const texts = Array.isArray(value)
    ? items.map((item) => encode(scalarText(item)))
    : membersOf(value).flatMap(([key, member]) => {
        const pair = [encode(key), encode(scalarText(member))];
        return isExploded ? [pair.join("=")] : pair;
      });
  return texts.join(delimiter);
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The styles have room for one level; a value below it is written as JSON. */
export function scalarText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function membersOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, member]) => !isAbsent(member));
}
