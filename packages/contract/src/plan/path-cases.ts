import { templateParameters } from "@qontext/sync-log-document";
import { decodeText } from "../wire/wire-request.ts";
import { isWellFormed } from "./absent-value.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, emptyList, writeCases } from "./case-writer.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, listPointer, ownerParameter } from "./plan-input.ts";

/** A value that is not an id, as it is sent. */
interface MalformedValue {
  readonly name: string;
  readonly raw: string;
  /** The check `path/…-accepted` names the fault if it is served. */
  readonly fault: string;
  /** Whether the path is then no longer one of the operation, so that the document does not describe the response. */
  readonly leavesOperation?: boolean;
}

function injected(name: string, text: string): MalformedValue {
  return { name, raw: encodeURIComponent(text), fault: "injection" };
}

function spelling(name: string, raw: string): MalformedValue {
  return { name, raw, fault: "other-encoding", leavesOperation: true };
}

function malformedValues(known: string): readonly MalformedValue[] {
  const encoded = encodeURIComponent(known);
  // Gateways refuse these by themselves, with pages of their own.
  const control = (name: string, code: string): MalformedValue => {
    return { name, raw: `${encoded}${code}`, fault: "control-character", leavesOperation: true };
  };
  const slash = (name: string, end: string): MalformedValue => {
    return { name, raw: `${encoded}${end}`, fault: "encoded-slash", leavesOperation: true };
  };
  // Without a slash, which gateways refuse.
  const markup = encodeURIComponent("<b onclick=alert(1)>");
  const wideLetter = known.replace(/[a-z]/i, (one) =>
    String.fromCharCode(one.charCodeAt(0) + 0xfee0),
  );
  const otherPrefix = encodeURIComponent(known.replace(/^[^_]+(?=_)/, "log"));
  const upperPrefix = known.replace(/^[a-z]+(?=_)/, (prefix) => prefix.toUpperCase());
  const truncated = encodeURIComponent(known.slice(0, -1)) || encoded;
  const values: readonly MalformedValue[] = [
    { name: "empty", raw: "", fault: "empty", leavesOperation: true },
    { name: "dot-dot", raw: "..", fault: "dots", leavesOperation: true },
    { name: "encoded-dot-dot", raw: "%2e%2e", fault: "dots", leavesOperation: true },
    { name: "mixed-case-dot-dot", raw: "%2E%2e", fault: "dots", leavesOperation: true },
    { name: "half-encoded-dot-dot", raw: ".%2e", fault: "dots", leavesOperation: true },
    slash("encoded-slash", "%2Fextra"),
    slash("mixed-case-slash", "%2f..%2F"),
    control("null-byte", "%00"),
    control("line-break", "%0A"),
    control("carriage-return", "%0D"),
    control("tab", "%09"),
    control("header-injection", "%0D%0AX-Injected:%201"),
    spelling("double-encoded", encoded.replace(/[^%]/, percent).replaceAll("%", "%25")),
    spelling("overlong", encoded.replace(/[_.-]|\w/, overlong)),
    spelling("wide-encoded", encoded.replace(/[_.-]|\w/, wide)),
    { name: "path-parameter", raw: `${encoded};x=1`, fault: "extended" },
    { name: "encoded-path-parameter", raw: `${encoded}%3Bx=1`, fault: "extended" },
    { name: "encoded-query", raw: `${encoded}%3Fx=1`, fault: "extended", leavesOperation: true },
    { name: "encoded-fragment", raw: `${encoded}%23x`, fault: "extended", leavesOperation: true },
    { name: "backslash", raw: `${encoded}%5C..`, fault: "dots", leavesOperation: true },
    { name: "two-values", raw: `${encoded},${encoded}`, fault: "extended" },
    { name: "file-extension", raw: `${encoded}.json`, fault: "extended" },
    injected("sql", "' OR '1'='1' --"),
    injected("wildcard", "%"),
    injected("template", "${{7*7}}"),
    { name: "markup", raw: markup, fault: "markup" },
    { name: "unicode", raw: encodeURIComponent("ｓｙｎｃ＿ıd-日本-🙂"), fault: "unicode" },
    { name: "wide-letter", raw: encodeURIComponent(wideLetter), fault: "unicode" },
    { name: "invisible", raw: `${encoded}%E2%80%8B`, fault: "unicode" },
    { name: "without-hyphens", raw: encoded.replaceAll("-", ""), fault: "other-encoding" },
    { name: "broken-encoding", raw: "%E0%A4%A", fault: "malformed", leavesOperation: true },
    { name: "very-long", raw: "a".repeat(4000), fault: "too-long", leavesOperation: true },
    { name: "literal-null", raw: "null", fault: "malformed" },
    { name: "zero", raw: "0", fault: "malformed" },
    { name: "wrong-prefix", raw: otherPrefix, fault: "wrong-prefix" },
    { name: "wrong-case", raw: encodeURIComponent(known.toUpperCase()), fault: "wrong-case" },
    { name: "wrong-case-part", raw: encodeURIComponent(otherCase(known)), fault: "wrong-case" },
    { name: "wrong-case-prefix", raw: encodeURIComponent(upperPrefix), fault: "wrong-case" },
    { name: "truncated", raw: truncated, fault: "truncated" },
    { name: "extended", raw: `${encoded}0`, fault: "extended" },
    { name: "surrounding-blank", raw: `%20${encoded}`, fault: "extended" },
    { name: "blank-behind", raw: `${encoded}%20`, fault: "extended" },
    { name: "plus-behind", raw: `${encoded}+`, fault: "extended" },
  ];
  return values.filter(({ raw }) => raw !== encoded);
}

/** A character in percent-encoding. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
}

/** An ASCII character in two bytes, which UTF-8 forbids (RFC 3629, section 3). */
function overlong(character: string): string {
  const code = character.charCodeAt(0);
  return [0xc0 + (code >> 6), 0x80 + (code & 0x3f)]
    .map((byte) => `%${byte.toString(16).toUpperCase()}`)
    .join("");
}

/** A character as some servers of old decode it. */
function wide(character: string): string {
  return `%u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A text with its last letter in the other case. */
function otherCase(text: string): string {
  return text.replace(/[a-z](?=[^a-z]*$)/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** Boundary and malformed values for every path parameter: refused with 400 or 404. */
export function pathCases(input: PlanInput): readonly ContractCase[] {
  const target = firstTarget(input);
  const drafts = templateParameters(input.operation.path).flatMap((parameter) => {
    const known = target[parameter];
    if (known === undefined) return [];
    return malformedValues(known).flatMap((value) => malformedCase(input, parameter, value));
  });
  return writeCases(input, "path", drafts);
}

function malformedCase(
  input: PlanInput,
  parameter: string,
  { name, raw, fault, leavesOperation = false }: MalformedValue,
): readonly CaseDraft[] {
  const decoded = decodeText(raw);
  // The schema accepts it as an id; whether such a resource exists is unknown.
  const isId = isWellFormed(input, parameter, decoded);
  if (isId && !leavesOperation) return [];
  const refusals = input.operation.responses.flatMap(({ status }) =>
    /^4\d\d$/.test(status) && !/^4(?:01|03|29)$/.test(status) ? [Number(status)] : [],
  );
  const words = `${name.replaceAll("-", " ")}${raw.length > 60 ? `, ${raw.length} characters` : ""}`;
  const expect = malformedExpectation(input, parameter, `path/${fault}-accepted`, isId, [
    ...refusals,
    ...(leavesOperation ? [401, 403, 405, 422, 431, 501, 301, 302, 307, 308] : []),
  ]);
  return [
    {
      name: `${name}-${parameter}`,
      purpose: `${parameter} is ${words}: refused with 400 or 404.`,
      parameters: { ...firstTarget(input), [parameter]: decoded },
      vary: { rawSegments: { [parameter]: raw } },
      scope: leavesOperation ? "http" : "operation",
      expect: name === "empty" ? { ...expect, ...listExpectation(input, parameter) } : expect,
    },
  ];
}

/** Without an id the path is that of the collection, with a slash behind it that many routers do not mind. */
function listExpectation(
  { specification, operation }: PlanInput,
  parameter: string,
): Pick<Expectation, "takesList"> {
  const own = specification.collections.find(
    ({ item, idParameter }) => item === operation && idParameter === parameter,
  );
  const pointer = own && listPointer({ specification, operation: own.list });
  return pointer === undefined ? {} : { takesList: { pointer, hasItems: true } };
}

/**
 * What may be the response to a malformed value; one that the schema accepts as an id may be served. It may be an empty list
 * where that is what an absent owner gets: an id that was validated is told from one that was not by nothing else.
 */
export function malformedExpectation(
  input: PlanInput,
  parameter: string,
  whenServed: string,
  isId: boolean,
  others: readonly number[],
): Expectation {
  const refused = [...new Set([400, 404, 414, ...others])];
  const otherwise = "path/malformed-status";
  const empty = emptyList(input);
  const takesList =
    empty && parameter === ownerParameter(input)
      ? { ...empty, unlessRefused: caseId(input, "access", "absent-owner") }
      : empty;
  return isId
    ? { statuses: [...refused, "2XX"], otherwise }
    : { statuses: refused, whenServed, otherwise, takesList };
}
