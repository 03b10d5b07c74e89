import { isJsonMediaType } from "@qontext/sync-log-document";
import type { Specification } from "../specification.ts";
import { headerSchema } from "../specification.ts";
import { headerValue, headerValues } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { isSuccess } from "../run/subject.ts";

const mediaTypeMissing: Check = {
  id: "media-type/missing",
  asserts: "A response with a body names its media type.",
  severity: "error",
  why: "Clients choose the parser by it, and browsers guess without it.",
  fix: "Send Content-Type.",
  judge: ({ documented, response, mediaType, exchange }) => {
    if (documented === undefined || response === undefined || exchange.request.method === "HEAD")
      return undefined;
    if (documented.content.length === 0 || response.status === 304) return undefined;
    const expected = documented.content.map((content) => content.mediaType).join(" or ");
    return mediaType === undefined ? [{ expected, actual: "no Content-Type" }] : [];
  },
};

const mediaTypeUndocumented: Check = {
  id: "media-type/undocumented",
  asserts: "The media type of a response is one that the spec documents for its status.",
  severity: "error",
  why: "Clients read what is documented; HTML instead of JSON often comes from a proxy in front of the service.",
  fix: "Send a documented media type, or document this one.",
  judge: ({ documented, mediaType, content, response }) => {
    if (documented === undefined || response === undefined || mediaType === undefined)
      return undefined;
    if (documented.content.length === 0) return undefined;
    const expected = documented.content.map((one) => one.mediaType).join(" or ");
    return content === undefined ? [{ expected, actual: mediaType }] : [];
  },
};

const charset: Check = {
  id: "media-type/charset",
  asserts: "JSON has no charset, or utf-8.",
  severity: "error",
  why: "JSON is UTF-8; readers that follow another charset garble every letter that is not ASCII.",
  fix: "Drop the charset parameter, or make it utf-8.",
  judge: ({ response, mediaType }) => {
    if (response === undefined || mediaType === undefined || !isJsonMediaType(mediaType))
      return undefined;
    const contentType = headerValue(response.headers, "content-type") ?? "";
    const value = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
    if (value === undefined || /^utf-?8$/i.test(value)) return [];
    return [{ expected: "utf-8, or no charset", actual: contentType }];
  },
};

const singletons = [
  "content-type",
  "etag",
  "last-modified",
  "location",
  "retry-after",
  "date",
  "age",
  "expires",
  "access-control-allow-origin",
];

const duplicate: Check = {
  id: "header/duplicate",
  asserts: "A single-valued header is sent once.",
  severity: "error",
  why: "Clients and intermediaries disagree about which one counts.",
  fix: "Set the header in one place; often a proxy adds it a second time.",
  judge: ({ response, origin }) => {
    if (response === undefined || origin === "recording") return undefined;
    return singletons.flatMap((name) => {
      const values = headerValues(response.headers, name);
      return values.length > 1 ? [{ expected: `${name} once`, actual: values.join(" and ") }] : [];
    });
  },
};

const imfDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const httpDate: Check = {
  id: "header/http-date",
  asserts: "Date and Last-Modified are HTTP dates.",
  severity: "error",
  why: "Caches and conditional requests read them.",
  fix: "Write them as RFC 9110, section 5.6.7, says: Sun, 06 Nov 1994 08:49:37 GMT.",
  judge: ({ response }) => {
    if (response === undefined) return undefined;
    const present = ["date", "last-modified"].flatMap((name) =>
      headerValues(response.headers, name),
    );
    if (present.length === 0) return undefined;
    return present
      .filter((value) => !imfDate.test(value))
      .map((actual) => ({ expected: "an HTTP date", actual }));
  },
};

const etag: Check = {
  id: "header/etag",
  asserts: "An ETag is a quoted text, weak or strong.",
  severity: "error",
  why: "A tag that is not quoted never matches, or is refused.",
  fix: 'Write it as "…" or W/"…" (RFC 9110, section 8.8.3).',
  judge: ({ response }) => {
    const value = response === undefined ? undefined : headerValue(response.headers, "etag");
    if (value === undefined) return undefined;
    return /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(value)
      ? []
      : [{ expected: 'a quoted tag as "abc"', actual: value }];
  },
};

const retryAfter: Check = {
  id: "header/retry-after",
  asserts: "Retry-After is a number of seconds or an HTTP date.",
  severity: "error",
  why: "A client that cannot read it retries at once.",
  fix: "Send whole seconds, or an HTTP date (RFC 9110, section 10.2.3).",
  judge: ({ response }) => {
    const value = response === undefined ? undefined : headerValue(response.headers, "retry-after");
    if (value === undefined) return undefined;
    return /^\d+$/.test(value) || imfDate.test(value)
      ? []
      : [{ expected: "whole seconds or an HTTP date", actual: value }];
  },
};

const missing: Check = {
  id: "header/missing",
  asserts: "A header that the spec requires is present.",
  severity: "error",
  why: "Clients rely on it.",
  fix: "Send the header, or make it optional in the spec.",
  judge: ({ documented, response }) => {
    const required = [...(documented?.headers ?? [])]
      .filter(([, { value }]) => value["required"] === true)
      .map(([name]) => name);
    if (response === undefined || required.length === 0) return undefined;
    return required
      .filter((name) => headerValue(response.headers, name) === undefined)
      .map((name) => ({ expected: name, actual: "no such header" }));
  },
};

/** The value of a header as its schema means it. */
function typedValue(specification: Specification, schemaPointer: string, text: string): unknown {
  const candidates: readonly unknown[] = [
    text,
    ...(text.trim() === "" ? [] : [Number(text)]),
    ...(/^(?:true|false)$/.test(text) ? [text === "true"] : []),
  ];
  return (
    candidates.find((value) => specification.schemas.validate(schemaPointer, value).length === 0) ??
    text
  );
}

const schema: Check = {
  id: "header/schema",
  asserts: "A documented header has a value that its schema allows.",
  severity: "error",
  why: "Clients rely on it.",
  fix: "Send what the schema says, or change the schema.",
  judge: ({ documented, response }, { specification }) => {
    const judged = [...(documented?.headers ?? [])].flatMap(([name, node]) => {
      const text = response && headerValue(response.headers, name);
      const schemaPointer = headerSchema(node);
      return text === undefined || schemaPointer === undefined
        ? []
        : [{ name, schemaPointer, text }];
    });
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ name, schemaPointer, text }) => {
      const value = typedValue(specification, schemaPointer, text);
      const errors = specification.schemas.validate(schemaPointer, value);
      return errors.map((error) => ({ expected: `${name}: ${error.expected}`, actual: text }));
    });
  },
};

const latency: Check = {
  id: "latency/too-slow",
  asserts: "A response comes within --max-latency.",
  severity: "error",
  why: "--max-latency sets this limit.",
  fix: "Make the operation faster, or allow more.",
  judge: ({ exchange, origin }, { maxLatencyMs }) => {
    if (maxLatencyMs === undefined || origin === "recording") return undefined;
    const actual = `${Math.round(exchange.durationMs)} ms`;
    return exchange.durationMs > maxLatencyMs
      ? [{ expected: `at most ${maxLatencyMs} ms`, actual }]
      : [];
  },
};

const bodyMissing: Check = {
  id: "media-type/body-missing",
  asserts: "A success that is documented with a body has one.",
  severity: "error",
  why: "Clients parse it and fail.",
  fix: "Send the body, or document a response without one.",
  judge: (subject) => {
    const { documented, response, exchange } = subject;
    if (documented === undefined || response === undefined || exchange.request.method === "HEAD")
      return undefined;
    if (!isSuccess(subject) || documented.content.length === 0 || exchange.failure !== undefined)
      return undefined;
    return response.body.length === 0
      ? [{ expected: documented.content[0]?.mediaType ?? "a body", actual: "0 bytes" }]
      : [];
  },
};

/** Checks of media types and headers. */
export const headerChecks: readonly Check[] = [
  mediaTypeMissing,
  mediaTypeUndocumented,
  charset,
  bodyMissing,
  duplicate,
  httpDate,
  etag,
  retryAfter,
  missing,
  schema,
  latency,
];
