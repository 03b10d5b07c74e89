import type { WireFailure, WireFaultCode } from "../wire/exchange.ts";
import { headerTokens } from "../wire/wire-request.ts";
import type { Check, CheckText } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

const faultTexts: Readonly<Record<WireFaultCode, Omit<CheckText, "id">>> = {
  "wire/malformed-head": {
    asserts: "The status line and every header line are written as RFC 9112 says.",
    why: "Intermediaries and clients disagree about malformed heads, up to request smuggling.",
    fix: "Let an HTTP library write the head.",
  },
  "wire/content-length-invalid": {
    asserts: "Content-Length is a decimal number.",
    why: "Without a readable length, clients guess where the body ends.",
    fix: "Send the number of bytes of the body, or leave the header to the HTTP library.",
  },
  "wire/content-length-conflict": {
    asserts: "There is one way to tell where the body ends.",
    why: "Two lengths, or a length with chunked coding, allow response smuggling.",
    fix: "Send Content-Length or Transfer-Encoding, once.",
  },
  "wire/body-shorter-than-content-length": {
    asserts: "The body has as many bytes as Content-Length says.",
    why: "Clients wait for the rest until they time out, or take a part for the whole.",
    fix: "Count bytes, not characters, and count after compression.",
  },
  "wire/bytes-after-body": {
    asserts: "Nothing follows the end of the body.",
    why: "On a kept connection the surplus is read as the beginning of the next response.",
    fix: "Count bytes, not characters, and write nothing after the end.",
  },
  "wire/chunked-framing": {
    asserts: "A chunked body has correct sizes and a last chunk.",
    why: "A client cannot tell a complete body from one that was cut.",
    fix: "End the response properly, also when its source fails.",
  },
  "wire/body-not-allowed": {
    asserts: "A response to HEAD, a 204 and a 304 have no body.",
    why: "On a kept connection the body is read as the beginning of the next response.",
    fix: "Send the head only.",
  },
};

const faultChecks: readonly Check[] = Object.entries(faultTexts).map(([id, text]) => ({
  id,
  ...text,
  judge: ({ response, origin }) => {
    if (response === undefined || origin === "recording") return undefined;
    return response.faults
      .filter((fault) => fault.code === id)
      .map(({ expected, actual }) => ({ expected, actual }));
  },
}));

const failureChecks: readonly Check[] = [
  {
    id: "wire/timeout",
    asserts: "A complete response comes within the time limit.",
    why: "A request that hangs occupies a connection on both sides.",
    fix: "Find what the handler waits for; --timeout sets the limit.",
    judge: withoutFailure("timeout", "a complete response in time"),
  },
  {
    id: "wire/connection-cut",
    asserts: "The connection is not closed before the head of a response has come.",
    why: "The client cannot tell whether the request was processed, and repeats it.",
    fix: "Answer every request, with a 4xx if necessary.",
    judge: withoutFailure("cut", "a response"),
  },
  {
    id: "wire/too-large",
    asserts: "A response is not larger than 16 MB, also when its codings are undone.",
    why: "An endless body exhausts the memory of its readers.",
    fix: "End the body, or page it.",
    judge: ({ exchange: { failure }, body }) => {
      const isTooLarge = failure?.kind === "too-large" || body.isTooLarge === true;
      return assertThat(!isTooLarge, "at most 16 MB", failure?.message ?? body.problem ?? "");
    },
  },
];

function withoutFailure(kind: WireFailure["kind"], expected: string): Check["judge"] {
  return ({ exchange: { failure }, origin }) =>
    origin === "recording"
      ? undefined
      : assertThat(failure?.kind !== kind, expected, failure?.message ?? "");
}

const codingChecks: readonly Check[] = [
  {
    id: "wire/content-encoding-mismatch",
    asserts: "The body is in the codings that Content-Encoding names.",
    why: "Clients undo the coding before anything else, and fail on the whole response.",
    fix: "Set Content-Encoding where the body is compressed, and only there.",
    judge: ofResponse(({ body, origin, response }) => {
      if (origin === "recording" || response.body.length === 0) return undefined;
      const { codings, problem, isUnknownHere, isTooLarge } = body;
      if (isUnknownHere === true || isTooLarge === true) return undefined;
      if (codings.length === 0) {
        const isGzip = response.body[0] === 0x1f && response.body[1] === 0x8b;
        const expected = "a body that is not compressed, as there is no Content-Encoding";
        return assertThat(!isGzip, expected, "a gzip body");
      }
      const expected = `a body in ${codings.join(", ")}, as Content-Encoding says`;
      return assertThat(problem === undefined, expected, problem ?? "");
    }),
  },
  {
    id: "wire/content-encoding-refused",
    asserts: "A coding that Accept-Encoding excludes is not used.",
    why: "A client cannot read a coding that it excludes.",
    fix: "Choose the coding from Accept-Encoding (RFC 9110, section 12.5.3).",
    judge: ({ body, exchange, origin }) => {
      const accepted = headerTokens(exchange.request.headers, "accept-encoding");
      if (origin === "recording" || accepted.length === 0) return undefined;
      const refused = body.codings.filter((coding) => !accepts(accepted, coding));
      return refused.map((coding) => ({
        expected: `one of: ${accepted.join(", ")}`,
        actual: coding,
      }));
    },
  },
];

function accepts(accepted: readonly string[], coding: string): boolean {
  const member =
    accepted.find((token) => token.split(";")[0]?.trim() === coding) ??
    accepted.find((token) => token.startsWith("*"));
  return member !== undefined && !/;\s*q=0(?:\.0*)?$/.test(member);
}

/** Checks of the bytes of a response. */
export const wireChecks: readonly Check[] = [...faultChecks, ...failureChecks, ...codingChecks];
