import { isJsonMediaType } from "@qontext/sync-log-document";
import { isSuccess } from "../run/subject.ts";
import { headerSchema, typedValue } from "../specification.ts";
import { headerValues } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

const mediaTypeMissing: Check = {
  id: "media-type/missing",
  asserts: "A response with a body names its media type.",
  why: "Clients choose the parser by it, and browsers guess without it.",
  fix: "Send Content-Type.",
  judge: ofResponse(({ documented, response, mediaType, isHead }) => {
    if (documented === undefined || documented.content.length === 0) return undefined;
    if (isHead || response.status === 304) return undefined;
    const expected = documented.content.map((content) => content.mediaType).join(" or ");
    return assertThat(mediaType !== undefined, expected, "no Content-Type");
  }),
};

const mediaTypeUndocumented: Check = {
  id: "media-type/undocumented",
  asserts: "The media type of a response is one that the spec documents for its status.",
  why: "Clients read what is documented; HTML instead of JSON often comes from a proxy in front of the service.",
  fix: "Send a documented media type, or document this one.",
  judge: ofResponse(({ documented, mediaType, content }) => {
    if (documented === undefined || documented.content.length === 0 || mediaType === undefined)
      return undefined;
    const expected = documented.content.map((one) => one.mediaType).join(" or ");
    return assertThat(content !== undefined, expected, mediaType);
  }),
};

const charset: Check = {
  id: "media-type/charset",
  asserts: "JSON has no charset, or utf-8.",
  why: "JSON is UTF-8; readers that follow another charset garble every letter that is not ASCII.",
  fix: "Drop the charset parameter, or make it utf-8.",
  judge: ofResponse(({ header, mediaType }) => {
    if (mediaType === undefined || !isJsonMediaType(mediaType)) return undefined;
    const contentType = header("content-type") ?? "";
    const value = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] ?? "utf-8";
    return assertThat(/^utf-?8$/i.test(value), "utf-8, or no charset", contentType);
  }),
};

const bodyMissing: Check = {
  id: "media-type/body-missing",
  asserts: "A success that is documented with a body has one.",
  why: "Clients parse it and fail.",
  fix: "Send the body, or document a response without one.",
  judge: ofResponse((subject) => {
    const { documented, response, exchange, isHead } = subject;
    const [content] = documented?.content ?? [];
    if (content === undefined || isHead || !isSuccess(subject) || exchange.failure !== undefined)
      return undefined;
    return assertThat(response.body.length > 0, content.mediaType, "0 bytes");
  }),
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
  why: "Clients and intermediaries disagree about which one counts.",
  fix: "Set the header in one place; often a proxy adds it a second time.",
  judge: ofResponse(({ response, origin }) => {
    if (origin === "recording") return undefined;
    return singletons.flatMap((name) => {
      const values = headerValues(response.headers, name);
      return assertThat(values.length <= 1, `${name} once`, values.join(" and "));
    });
  }),
};

/** Whether a text is the date that it says, as RFC 9110, section 5.6.7, writes dates: no 31st of February, the right weekday. */
function isHttpDate(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toUTCString() === text;
}

function matching(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

/** A judge of how headers are written: each value in one of the ways. */
function writtenAs(
  names: readonly string[],
  ways: readonly ((value: string) => boolean)[],
  expected: string,
): Check["judge"] {
  return ofResponse(({ response }) => {
    const values = names.flatMap((name) => headerValues(response.headers, name));
    if (values.length === 0) return undefined;
    return values.flatMap((value) =>
      assertThat(
        ways.some((isWritten) => isWritten(value)),
        expected,
        value,
      ),
    );
  });
}

const notation: readonly Check[] = [
  {
    id: "header/http-date",
    asserts: "Date and Last-Modified are HTTP dates.",
    why: "Caches and conditional requests read them.",
    fix: "Write them as RFC 9110, section 5.6.7, says: Sun, 06 Nov 1994 08:49:37 GMT.",
    judge: writtenAs(["date", "last-modified"], [isHttpDate], "an HTTP date"),
  },
  {
    id: "header/etag",
    asserts: "An ETag is a quoted text, weak or strong.",
    why: "A tag that is not quoted never matches, or is refused.",
    fix: 'Write it as "…" or W/"…" (RFC 9110, section 8.8.3).',
    judge: writtenAs(
      ["etag"],
      [matching(/^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/)],
      'a quoted tag as "abc"',
    ),
  },
  {
    id: "header/retry-after",
    asserts: "Retry-After is a number of seconds or an HTTP date.",
    why: "A client that cannot read it retries at once.",
    fix: "Send whole seconds, or an HTTP date (RFC 9110, section 10.2.3).",
    judge: writtenAs(
      ["retry-after"],
      [matching(/^\d+$/), isHttpDate],
      "whole seconds or an HTTP date",
    ),
  },
];

/** Clocks that are set by a time server differ by less, and so do those of a test. */
const maxClockDifferenceMs = 10 * 60 * 1000;

const dateOff: Check = {
  id: "header/date-off",
  asserts:
    "Date is the time at which the response was made, within ten minutes; Last-Modified is not after it.",
  why: "Caches compute the age of a response from it, and waits until a date of Retry-After go wrong.",
  fix: "Leave Date to the HTTP library, and set the clock of the machine.",
  judge: ofResponse(({ header, exchange, origin }) => {
    const [date, modified] = [header("date"), header("last-modified")].map((text) =>
      text !== undefined && isHttpDate(text) ? Date.parse(text) : undefined,
    );
    if (origin === "recording" || date === undefined) return undefined;
    const now = exchange.startedAtMs + exchange.durationMs;
    const offMs = Math.abs(date - now);
    const isLater = modified !== undefined && modified > Math.max(date, now) + maxClockDifferenceMs;
    return [
      ...assertThat(
        offMs <= maxClockDifferenceMs,
        `about ${new Date(now).toUTCString()}`,
        header("date") ?? "",
      ),
      ...assertThat(!isLater, "Last-Modified in the past", header("last-modified") ?? ""),
    ];
  }),
};

const missing: Check = {
  id: "header/missing",
  asserts: "A header that the spec requires is present.",
  why: "Clients rely on it.",
  fix: "Send the header, or make it optional in the spec.",
  judge: ofResponse(({ documented, header }) => {
    const required = [...(documented?.headers ?? [])].filter(
      ([, { value }]) => value["required"] === true,
    );
    if (required.length === 0) return undefined;
    return required.flatMap(([name]) =>
      assertThat(header(name) !== undefined, name, "no such header"),
    );
  }),
};

const schema: Check = {
  id: "header/schema",
  asserts: "A documented header has a value that its schema allows.",
  why: "Clients rely on it.",
  fix: "Send what the schema says, or change the schema.",
  judge: ofResponse(({ documented, header }, { specification }) => {
    const judged = [...(documented?.headers ?? [])].flatMap(([name, node]) => {
      const [text, pointer] = [header(name), headerSchema(node)];
      return text === undefined || pointer === undefined ? [] : [{ name, pointer, text }];
    });
    if (judged.length === 0) return undefined;
    return judged.flatMap(({ name, pointer, text }) => {
      const value = typedValue(specification, pointer, text) ?? text;
      const errors = specification.schemas.validate(pointer, value);
      return errors.map((error) => ({ expected: `${name}: ${error.expected}`, actual: text }));
    });
  }),
};

const latency: Check = {
  id: "latency/too-slow",
  asserts: "A response comes within --max-latency.",
  why: "--max-latency sets this limit.",
  fix: "Make the operation faster, or allow more.",
  judge: ({ exchange: { durationMs }, origin }, { maxLatencyMs }) => {
    if (maxLatencyMs === undefined || origin === "recording") return undefined;
    const actual = `${Math.round(durationMs)} ms`;
    return assertThat(durationMs <= maxLatencyMs, `at most ${maxLatencyMs} ms`, actual);
  },
};

/** Checks of media types and headers. */
export const headerChecks: readonly Check[] = [
  mediaTypeMissing,
  mediaTypeUndocumented,
  charset,
  bodyMissing,
  duplicate,
  ...notation,
  dateOff,
  missing,
  schema,
  latency,
];
