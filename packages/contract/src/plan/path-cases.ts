import { decodeText } from "../wire/wire-request.ts";
import { isWellFormed } from "./absent-value.ts";
import type { CaseDraft } from "./case-writer.ts";
import { writeCases } from "./case-writer.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, ownerParameter, resourceParameter } from "./plan-input.ts";

/** A value that is not an id, as it is sent. */
interface MalformedValue {
  readonly name: string;
  readonly raw: string;
  /** The check `path/…-accepted` names the fault if it is served. */
  readonly fault: string;
  /** Whether the path is then no longer one of the operation, so that the document does not describe the response. */
  readonly leavesOperation?: boolean;
  /** Whether it is also sent for the parameter that names the owner. */
  readonly forOwner?: boolean;
}

function injected(name: string, text: string): MalformedValue {
  return { name, raw: encodeURIComponent(text), fault: "injection" };
}

function malformedValues(known: string): readonly MalformedValue[] {
  const encoded = encodeURIComponent(known);
  const control = (name: string, code: string): MalformedValue => {
    return { name, raw: `${encoded}${code}`, fault: "control-character" };
  };
  const markup = encodeURIComponent("<script>alert(1)</script>");
  const unicode = encodeURIComponent("ｓｙｎｃ＿ıd-日本-🙂");
  const otherPrefix = encodeURIComponent(known.replace(/^[^_]+(?=_)/, "log"));
  const truncated = encodeURIComponent(known.slice(0, -1)) || encoded;
  const values: readonly MalformedValue[] = [
    { name: "empty", raw: "", fault: "empty", leavesOperation: true, forOwner: true },
    { name: "dot-dot", raw: "..", fault: "dots", leavesOperation: true },
    { name: "encoded-dot-dot", raw: "%2e%2e", fault: "dots", leavesOperation: true },
    {
      name: "encoded-slash",
      raw: `${encoded}%2Fextra`,
      fault: "encoded-slash",
      leavesOperation: true,
    },
    control("null-byte", "%00"),
    control("line-break", "%0A"),
    control("header-injection", "%0D%0AX-Injected:%201"),
    injected("sql", "' OR '1'='1' --"),
    injected("wildcard", "%"),
    injected("template", "${{7*7}}"),
    { name: "markup", raw: markup, fault: "markup", forOwner: true },
    { name: "unicode", raw: unicode, fault: "unicode" },
    { name: "broken-encoding", raw: "%E0%A4%A", fault: "malformed", leavesOperation: true },
    { name: "very-long", raw: "a".repeat(4000), fault: "too-long", leavesOperation: true },
    { name: "literal-null", raw: "null", fault: "malformed" },
    { name: "zero", raw: "0", fault: "malformed" },
    { name: "wrong-prefix", raw: otherPrefix, fault: "wrong-prefix", forOwner: true },
    { name: "wrong-case", raw: encoded.toUpperCase(), fault: "wrong-case" },
    { name: "truncated", raw: truncated, fault: "truncated", forOwner: true },
    { name: "extended", raw: `${encoded}0`, fault: "extended" },
    { name: "surrounding-blank", raw: `%20${encoded}`, fault: "extended" },
  ];
  return values.filter(({ raw }) => raw !== encoded);
}

/** Boundary and malformed values for the path parameters: refused with 400 or 404. */
export function pathCases(input: PlanInput): readonly ContractCase[] {
  const target = firstTarget(input);
  const resource = resourceParameter(input);
  const drafts = [resource, ownerParameter(input)].flatMap((parameter) => {
    const known = parameter === undefined ? undefined : target[parameter];
    if (parameter === undefined || known === undefined) return [];
    return malformedValues(known)
      .filter((value) => parameter === resource || value.forOwner === true)
      .flatMap((value) => malformedCase(input, parameter, value));
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
  return [
    {
      name: `${name}-${parameter}`,
      purpose: `${parameter} is ${words}: refused with 400 or 404.`,
      parameters: { ...firstTarget(input), [parameter]: decoded },
      vary: { rawSegments: { [parameter]: raw } },
      scope: leavesOperation ? "http" : "operation",
      expect: malformedExpectation(`path/${fault}-accepted`, isId, [
        ...refusals,
        ...(leavesOperation ? [401, 403, 405, 422, 431, 501, 301, 302, 307, 308] : []),
      ]),
    },
  ];
}

/** What may be the response to a malformed value; one that the schema accepts as an id may be served. */
export function malformedExpectation(
  whenServed: string,
  isId: boolean,
  others: readonly number[],
): Expectation {
  const refused = [...new Set([400, 404, 414, ...others])];
  const otherwise = "path/malformed-status";
  return isId
    ? { statuses: [...refused, "2XX"], otherwise }
    : { statuses: refused, whenServed, otherwise };
}
