import { Buffer } from "node:buffer";
import type { CompiledInvariants } from "@qontext/sync-log-rules";
import { readJson } from "../json/read-json.ts";
import type { JsonText } from "../json/read-json.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type {
  DocumentedResponse,
  Operation,
  ResponseContent,
  Specification,
} from "../spec/operation.ts";
import { documentedResponse } from "../spec/operation.ts";
import type { SchemaVisit } from "../spec/visit-schema.ts";
import { visitSchema } from "../spec/visit-schema.ts";
import { decodeBody } from "../wire/decode-body.ts";
import type { Exchange } from "../wire/exchange.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { History } from "./history.ts";
import type { Origin, RuleOutcomes, Subject } from "./subject.ts";

/** What {@link examine} needs to know. */
export interface ExamineInput {
  readonly specification: Specification;
  readonly operation: Operation;
  readonly contractCase: ContractCase;
  readonly exchange: Exchange;
  readonly origin: Origin;
  readonly history: History;
}

/** Prepares an exchange for the checks: decodes, reads, validates, and evaluates the rules. */
export async function examine(input: ExamineInput): Promise<Subject> {
  const { specification, operation, contractCase, exchange, origin } = input;
  const { response } = exchange;
  const base = { exchange, operation, contractCase, origin };
  const nothing = { bytes: Buffer.alloc(0), codings: [] };
  if (response === undefined || response.status === 0) {
    const outcome = response === undefined ? {} : { response };
    return {
      ...base,
      ...outcome,
      body: nothing,
      bodyText: "",
      visits: [],
      rules: { violations: [], passed: [] },
    };
  }
  const body = await decodeBody(response);
  const mediaType = readMediaType(headerValue(response.headers, "content-type"));
  const documented =
    contractCase.scope === "operation" ? documentedResponse(operation, response.status) : undefined;
  const content = documented === undefined ? undefined : matchContent(documented, mediaType);
  const json =
    hasJson(input, mediaType, content) && body.problem === undefined
      ? readJson(body.bytes)
      : undefined;
  const validated = validate(specification, content, json);
  const rules = evaluateRules(input, documented, json, validated.visits);
  return {
    ...base,
    response,
    body,
    bodyText: body.bytes.toString("utf8"),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(documented === undefined ? {} : { documented }),
    ...(content === undefined ? {} : { content }),
    ...(json === undefined ? {} : { json }),
    ...validated,
    rules,
  };
}

/** The media type of a Content-Type, in lower case, without its parameters. */
function readMediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}

/** The documented content that a media type belongs to. Without a media type it is the first one, so that a body is judged anyway. */
function matchContent(
  documented: DocumentedResponse,
  mediaType: string | undefined,
): ResponseContent | undefined {
  if (mediaType === undefined) return documented.content[0];
  const matches = (pattern: string): boolean => {
    const documentedType = pattern.split(";")[0]?.trim().toLowerCase() ?? "";
    const [type, subtype] = documentedType.split("/");
    return (
      documentedType === mediaType ||
      documentedType === "*/*" ||
      (subtype === "*" && mediaType.startsWith(`${type}/`))
    );
  };
  return documented.content.find((content) => matches(content.mediaType));
}

const jsonType = /^[\w.+-]+\/(?:[\w.+-]+\+)?json$/;

function hasJson(
  { exchange }: ExamineInput,
  mediaType: string | undefined,
  content: ResponseContent | undefined,
): boolean {
  const { response, request } = exchange;
  if (
    response === undefined ||
    request.method === "HEAD" ||
    response.status === 304 ||
    response.status === 204
  )
    return false;
  if (exchange.failure !== undefined) return false;
  const type = mediaType ?? content?.mediaType.toLowerCase();
  if (type === undefined || !jsonType.test(type)) return false;
  // An empty body where the document says nothing about a body is no fault.
  return response.body.length > 0 || content !== undefined;
}

function validate(
  specification: Specification,
  content: ResponseContent | undefined,
  json: JsonText | undefined,
): Pick<Subject, "visits" | "schemaErrors"> {
  const pointer = content?.schemaPointer;
  if (pointer === undefined || json === undefined || json.value === undefined)
    return { visits: [] };
  const { document, schemas } = specification;
  return {
    schemaErrors: schemas.validate(pointer, json.value),
    visits: visitSchema(document, schemas, pointer, json.value),
  };
}

function evaluateRules(
  input: ExamineInput,
  documented: DocumentedResponse | undefined,
  json: JsonText | undefined,
  visits: readonly SchemaVisit[],
): RuleOutcomes {
  const violations: RuleOutcomes["violations"][number][] = [];
  const passed: string[] = [];
  const oldBody = previousBody(input);
  const bind = (rules: CompiledInvariants, pointer: string, self: unknown): void => {
    const { response } = input.exchange;
    const report = rules.check({
      self,
      ...(pointer === "" && oldBody !== undefined ? { oldSelf: oldBody } : {}),
      request: { path: pathParameters(input) },
      ...(response === undefined ? {} : { response: { status: response.status } }),
    });
    violations.push(...report.violations.map((violation) => ({ ...violation, pointer })));
    passed.push(...report.passed);
  };
  if (json?.value === undefined) return { violations, passed };
  if (documented?.invariants !== undefined) bind(documented.invariants, "", json.value);
  for (const { schemaPointer, pointer, value } of visits) {
    const rules = input.specification.rules.get(schemaPointer);
    if (rules !== undefined) bind(rules.invariants, pointer, value);
  }
  return { violations, passed };
}

function previousBody({ contractCase, exchange, history }: ExamineInput): unknown {
  const status = exchange.response?.status ?? 0;
  if (!contractCase.readsAsOwner || status < 200 || status > 299) return undefined;
  return history.readings({ contractCase }).at(-1)?.json?.value;
}

function pathParameters({
  contractCase,
  operation,
}: ExamineInput): Readonly<Record<string, string>> {
  const names = new Set(
    operation.parameters.filter((one) => one.place === "path").map((one) => one.name),
  );
  return Object.fromEntries(
    Object.entries(contractCase.parameters).filter(([name]) => names.has(name)),
  );
}
