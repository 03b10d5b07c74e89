import {
  readProperties,
  schemaAt,
  successResponses,
  templateParameters,
} from "@qontext/sync-log-document";
import { absentTarget, seededHex } from "./absent-value.ts";
import { buildRequest } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { reading, writeCases } from "./case-writer.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, foreignTarget } from "./plan-input.ts";

const unchanged: Expectation = { statuses: ["2XX", 400], otherwise: "query/overrides-path" };

/** What the query, or a header, may not change: which resource the path names. */
export function queryCases(input: PlanInput): readonly ContractCase[] {
  const names = templateParameters(input.operation.path);
  const foreign =
    foreignTarget(input, "all") ??
    foreignTarget(input, "owner") ??
    foreignTarget(input, "resource");
  const drafts = names.flatMap((name): readonly CaseDraft[] => {
    const values = [
      ["absent", absentTarget(input, name, "query")?.[name]],
      ["foreign", foreign?.[name]],
    ] as const;
    return values
      .filter(([, value]) => value !== undefined && value !== firstTarget(input)[name])
      .map(([kind, value = ""]) => ({
        ...reading(
          `${kind}-${name}`,
          `${name} in the query, under any of its names, does not replace the one of the path.`,
        ),
        vary: {
          rawQuery: spellings(name)
            .map((one) => `${one}=${encodeURIComponent(value)}`)
            .join("&"),
        },
        expect: unchanged,
      }));
  });
  return writeCases(input, "query", [
    ...drafts,
    ...(names.length === 0
      ? []
      : [...bodyProperties(input, names), headerNames(input, names), otherPath(input, names)]),
    headerInjection(input),
  ]);
}

/** A name as it is, in lower case, with underscores and with hyphens, and as a list. */
function spellings(name: string): readonly string[] {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_-]+/);
  const all = [name, words.join(""), words.join("_"), words.join("-"), `${name}[]`];
  return [...new Set(all)].map((one) => encodeURIComponent(one));
}

/** Every property that the document gives the body, with a value that it does not have. */
function bodyProperties(input: PlanInput, names: readonly string[]): readonly CaseDraft[] {
  const { document } = input.specification;
  const pointer = successResponses(input.operation)[0]?.content[0]?.schemaPointer;
  const schema = pointer === undefined ? undefined : schemaAt(document, pointer);
  const properties = schema === undefined ? [] : [...readProperties(document, schema).keys()];
  const query = properties
    .filter((property) => !names.includes(property))
    .slice(0, 40)
    .map((property) => `${encodeURIComponent(property)}=other`);
  if (query.length === 0) return [];
  const purpose = "A property of the body, in the query, changes nothing.";
  const draft = { ...reading("body-properties", purpose), expect: unchanged };
  return [{ ...draft, vary: { rawQuery: query.join("&") } }];
}

/** Headers as gateways set them, with the owner and the resource that the path does not name. */
function headerNames(input: PlanInput, names: readonly string[]): CaseDraft {
  const headers = names.flatMap((name) => {
    const value = absentTarget(input, name, "query")?.[name];
    return value === undefined
      ? []
      : ["", "x-"].map((prefix) => [`${prefix}${spellings(name).at(-2) ?? name}`, value] as const);
  });
  return {
    ...reading(
      "header-names",
      "A header with the name of a parameter does not replace what the path says.",
    ),
    vary: { headers },
    expect: unchanged,
  };
}

/** Headers by which a proxy tells the path that it was asked for, with that of a resource that does not exist. */
function otherPath(input: PlanInput, names: readonly string[]): CaseDraft {
  const { target } = buildRequest(input, absentTarget(input, names.at(-1), "query") ?? {});
  return {
    ...reading("header-path", "A header with another path does not replace the path."),
    vary: {
      headers: ["X-Original-URL", "X-Rewrite-URL"].map((name) => [name, target] as const),
    },
    expect: unchanged,
  };
}

function headerInjection(input: PlanInput): CaseDraft {
  const mark = seededHex(input.seed, "injection").slice(0, 8);
  const breaks = ["%0D%0A", "%0A", "%0D", "%E5%98%8A%E5%98%8D"];
  const query = breaks.map((text, index) => `q${index}=${mark}${text}X-Injected:%20${mark}`);
  return {
    ...reading("header-injection", "A line break in the query starts no header of the response."),
    vary: { rawQuery: query.join("&") },
    scope: "http",
    expect: { statuses: ["2XX", "4XX"], otherwise: "read/query-refused" },
  };
}
