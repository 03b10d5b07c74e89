/** Header fields in the order and spelling of the wire; a name may occur more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request as it is written to the socket. Nothing is added but `Host` and `Connection: close`. */
export interface WireRequest {
  readonly method: string;
  /** The request target as it is sent: never normalized, already percent-encoded. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body?: Uint8Array;
}

/** The values of one header, in order. Names are compared without case. */
export function headerValues(headers: HeaderList, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** The first value of a header, if there is one. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  return headerValues(headers, name)[0];
}

/** A percent-encoded text as it is meant; one that cannot be decoded stays as it is. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The members of a header that is a comma-separated list, lower-cased. */
export function headerTokens(headers: HeaderList, name: string): readonly string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(","))
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== "");
}
