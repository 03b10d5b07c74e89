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
  /** The check that names the fault if it is served. */
  readonly whenServed: string;
  /** Whether the path is then no longer one of the operation, so that the document does not describe the response. */
  readonly leavesOperation?: boolean;
  /** Whether it is also sent for the parameter that names the owner. */
  readonly forOwner?: boolean;
}

function malformedValues(known: string): readonly MalformedValue[] {
  const underscore = known.indexOf("_");
  const letter = known.search(/[a-z]/);
  const encoded = encodeURIComponent(known);
  return [
    {
      name: "empty",
      raw: "",
      whenServed: "path/empty-accepted",
      leavesOperation: true,
      forOwner: true,
    },
    { name: "dot-dot", raw: "..", whenServed: "path/dots-accepted", leavesOperation: true },
    {
      name: "encoded-dot-dot",
      raw: "%2e%2e",
      whenServed: "path/dots-accepted",
      leavesOperation: true,
    },
    {
      name: "encoded-slash",
      raw: `${encoded}%2Fextra`,
      whenServed: "path/encoded-slash-accepted",
      leavesOperation: true,
    },
    { name: "null-byte", raw: `${encoded}%00`, whenServed: "path/control-character-accepted" },
    { name: "line-break", raw: `${encoded}%0A`, whenServed: "path/control-character-accepted" },
    {
      name: "header-injection",
      raw: `${encoded}%0D%0AX-Injected:%201`,
      whenServed: "path/control-character-accepted",
    },
    {
      name: "sql",
      raw: encodeURIComponent("' OR '1'='1' --"),
      whenServed: "path/injection-accepted",
    },
    { name: "wildcard", raw: encodeURIComponent("%"), whenServed: "path/injection-accepted" },
    {
      name: "template",
      raw: encodeURIComponent("${{7*7}}"),
      whenServed: "path/injection-accepted",
    },
    {
      name: "markup",
      raw: encodeURIComponent("<script>alert(1)</script>"),
      whenServed: "path/markup-accepted",
      forOwner: true,
    },
    {
      name: "unicode",
      raw: encodeURIComponent("ｓｙｎｃ＿ıd-日本-🙂"),
      whenServed: "path/unicode-accepted",
    },
    {
      name: "broken-encoding",
      raw: "%E0%A4%A",
      whenServed: "path/malformed-accepted",
      leavesOperation: true,
    },
    {
      name: "very-long",
      raw: "a".repeat(4000),
      whenServed: "path/too-long-accepted",
      leavesOperation: true,
    },
    { name: "literal-null", raw: "null", whenServed: "path/malformed-accepted" },
    { name: "zero", raw: "0", whenServed: "path/malformed-accepted" },
    ...(underscore > 0
      ? [
          {
            name: "wrong-prefix",
            raw: `log${encoded.slice(underscore)}`,
            whenServed: "path/wrong-prefix-accepted",
            forOwner: true,
          },
        ]
      : []),
    ...(letter === -1
      ? []
      : [
          {
            name: "wrong-case",
            raw: encoded.toUpperCase(),
            whenServed: "path/wrong-case-accepted",
          },
        ]),
    ...(known.length > 1
      ? [
          {
            name: "truncated",
            raw: encodeURIComponent(known.slice(0, -1)),
            whenServed: "path/truncated-accepted",
            forOwner: true,
          },
        ]
      : []),
    { name: "extended", raw: `${encoded}0`, whenServed: "path/extended-accepted" },
    { name: "surrounding-blank", raw: `%20${encoded}`, whenServed: "path/extended-accepted" },
  ];
}

const redirects: Expectation["statuses"] = [301, 302, 307, 308];

/** Boundary and malformed values for the path parameters: refused with 400 or 404. */
export function pathCases(input: PlanInput): readonly ContractCase[] {
  const target = firstTarget(input);
  const [resource, owner] = [resourceParameter(input), ownerParameter(input)];
  const drafts: CaseDraft[] = [];
  for (const parameter of [resource, owner]) {
    const known = parameter === undefined ? undefined : target[parameter];
    if (parameter === undefined || known === undefined) continue;
    const values = malformedValues(known).filter(
      (value) => parameter === resource || value.forOwner === true,
    );
    drafts.push(...values.flatMap((value) => malformedCase(input, parameter, value)));
  }
  return writeCases(input, "path", drafts);
}

function malformedCase(
  input: PlanInput,
  parameter: string,
  value: MalformedValue,
): readonly CaseDraft[] {
  const decoded = decode(value.raw);
  // A value that the schema accepts may be a valid id, so nothing can be asserted.
  if (value.leavesOperation !== true && isWellFormed(input, parameter, decoded)) return [];
  const refusals = input.operation.responses.flatMap(({ status }) =>
    /^4\d\d$/.test(status) && !/^4(?:01|03|29)$/.test(status) ? [Number(status)] : [],
  );
  const isId = isWellFormed(input, parameter, decoded);
  const outside: Expectation["statuses"] =
    value.leavesOperation === true ? [401, 403, 405, 422, 431, 501, ...redirects] : [];
  // The schema accepts it as an id; whether such a resource exists is unknown.
  const found: Expectation["statuses"] = isId ? ["2XX"] : [];
  return [
    {
      name: `${value.name}-${parameter}`,
      purpose: `${parameter} is ${describe(value)}: refused with 400 or 404.`,
      parameters: { ...firstTarget(input), [parameter]: decoded },
      vary: { rawSegments: { [parameter]: value.raw } },
      scope: value.leavesOperation === true ? "http" : "operation",
      expect: {
        statuses: [...new Set([400, 404, 414, ...refusals, ...outside, ...found])],
        ...(isId ? {} : { whenServed: value.whenServed }),
        otherwise: "path/malformed-status",
      },
    },
  ];
}

function describe({ name, raw }: MalformedValue): string {
  return raw.length > 60
    ? `${name.replaceAll("-", " ")}, ${raw.length} characters`
    : name.replaceAll("-", " ");
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
