import { exploded, isAbsent, scalarText } from "./request-styles.ts";
import type { OutgoingRequest } from "./transport/transport.ts";

// What the generated requests send, by its media type. Without a body the request stays as it is.

/** The fields of `multipart/form-data`: those of the document, any of which may be a file; or a form that is made already. */
export type MultipartBody<Fields> =
  | FormData
  | { readonly [Name in keyof Fields]: Fields[Name] | Blob | readonly Blob[] };

/** A body of a media type that is sent as it is. */
export type RawBody = string | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

/** A body of JSON. */
export function withJson(
  request: OutgoingRequest,
  body: unknown,
  mediaType = "application/json",
): OutgoingRequest {
  return body === undefined ? request : withBody(request, JSON.stringify(body), mediaType);
}

/** A body that is sent as it is. */
export function withRaw(
  request: OutgoingRequest,
  body: RawBody | undefined,
  mediaType: string,
): OutgoingRequest {
  return body === undefined ? request : withBody(request, body, mediaType);
}

/** Writes one field of a form as pairs. */
export type WriteField = (name: string, value: unknown) => string;

/**
 * A body of `application/x-www-form-urlencoded`: a pair for each field and for each item of an array; an object is JSON
 * (OpenAPI 3.1, section 4.8.15).
 *
 * @param styles - How the fields are written that have an `encoding` of their own.
 */
export function withForm(
  request: OutgoingRequest,
  body: object | undefined,
  styles: Readonly<Record<string, WriteField>> = {},
): OutgoingRequest {
  if (body === undefined) return request;
  const pairs = Object.entries(body).map(([name, value]: [string, unknown]) => {
    const write = Object.hasOwn(styles, name) ? styles[name] : undefined;
    const isObject = typeof value === "object" && !Array.isArray(value) && value !== null;
    return (write ?? exploded)(
      encodeURIComponent(name),
      isObject && !write ? scalarText(value) : value,
    );
  });
  const text = pairs.filter((pair) => pair !== "").join("&");
  return withBody(request, text, "application/x-www-form-urlencoded");
}

/**
 * A body of `multipart/form-data`: a part for each field and for each item of an array; an object is JSON
 * (OpenAPI 3.1, section 4.8.15.4). The runtime writes the header, for only it knows the boundary.
 *
 * @param mediaTypes - Of the fields whose `encoding` names one.
 */
export function withMultipart(
  request: OutgoingRequest,
  body: object | undefined,
  mediaTypes: Readonly<Record<string, string>> = {},
): OutgoingRequest {
  if (body === undefined) return request;
  if (body instanceof FormData) return { ...request, body };
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    const type = Object.hasOwn(mediaTypes, name) ? mediaTypes[name] : undefined;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (!isAbsent(item)) form.append(name, partOf(item, type));
    }
  }
  return { ...request, body: form };
}

function partOf(value: unknown, type: string | undefined): Blob | string {
  if (value instanceof Blob) return value;
  const mediaType = type ?? (typeof value === "object" ? "application/json" : undefined);
  return mediaType === undefined
    ? String(value)
    : new Blob([scalarText(value)], { type: mediaType });
}

function withBody(
  request: OutgoingRequest,
  body: NonNullable<OutgoingRequest["body"]>,
  mediaType: string,
): OutgoingRequest {
  return { ...request, headers: { ...request.headers, "content-type": mediaType }, body };
}
