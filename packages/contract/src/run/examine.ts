import { Buffer } from "node:buffer";
import type {
  DocumentedResponse,
  MediaType,
  Operation,
  ResponseReport,
  ResponseRules,
} from "@qontext/sync-log-document";
import { isJsonMediaType, responseFor, templateParameters } from "@qontext/sync-log-document";
import { visitSchema } from "../exercised/visit-schema.ts";
import type { JsonText } from "../json/read-json.ts";
import { readJson } from "../json/read-json.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { Specification } from "../specification.ts";
import type { DecodedBody } from "../wire/decode-body.ts";
import { decodeBody } from "../wire/decode-body.ts";
import type { Exchange } from "../wire/exchange.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { History } from "./history.ts";
import { asShownBy, listIn, recordsIn, scopeOf } from "./records.ts";
import type { ShownRecord } from "./records.ts";
import type { Origin, Subject } from "./subject.ts";

/** What {@link examine} needs to know. */
export interface ExamineInput {
  readonly specification: Specification;
  readonly operation: Operation;
  readonly contractCase: ContractCase;
  readonly exchange: Exchange;
  readonly origin: Origin;
  readonly history: History;
}

const noReport: ResponseReport = { violations: [], passed: [], skipped: [] };

/** The body of an exchange, with its codings undone. One that was cut off has none that could be. */
export async function readBody({ exchange }: ExamineInput): Promise<DecodedBody> {
  const { response, failure } = exchange;
  if (response === undefined || response.status === 0)
    return { bytes: Buffer.alloc(0), codings: [] };
  const isCut =
    failure !== undefined || response.faults.some(({ code }) => cuttingFaults.has(code));
  if (!isCut) return decodeBody(response);
  const problem = "the body was cut off";
  return { bytes: Buffer.from(response.body), codings: [], problem, isUnknownHere: true };
}

const cuttingFaults = new Set(["wire/body-shorter-than-content-length", "wire/chunked-framing"]);

/** An exchange of which only the head is known. */
export function bareSubject(
  { operation, contractCase, exchange, origin }: ExamineInput,
  body: DecodedBody,
): Subject {
  const { response } = exchange;
  const header = (name: string): string | undefined => headerValue(response?.headers ?? [], name);
  const isHead = exchange.request.method === "HEAD";
  return {
    exchange,
    operation,
    contractCase,
    origin,
    isHead,
    response,
    header,
    body,
    visits: [],
    records: [],
    bodyText: "",
    ruleReport: noReport,
  };
}

/** Prepares an exchange for the checks: reads, validates, and evaluates the rules. */
export function examine(input: ExamineInput, body: DecodedBody): Subject {
  const { specification, operation, contractCase, exchange } = input;
  const { response } = exchange;
  const base = bareSubject(input, body);
  if (response === undefined || response.status === 0) return base;
  const { header } = base;
  const mediaType = readMediaType(header("content-type"));
  const documented =
    contractCase.scope === "operation" ? responseFor(operation, response.status) : undefined;
  const content = documented && matchContent(documented, mediaType);
  const isJson = body.problem === undefined && hasJson(exchange, mediaType, content);
  const read = readContent(specification, body.bytes, isJson, content?.schemaPointer);
  const { json } = read;
  const rules = documented && specification.rules.rulesOf(documented);
  const shown = { specification, operation, contractCase, body: json?.value };
  const records = isSuccessStatus(response.status) ? recordsIn(shown) : [];
  return {
    ...base,
    listed: listIn(shown),
    scope: scopeOf(shown),
    records,
    ...read,
    mediaType,
    documented,
    content,
    rules,
    ruleReport: checkRules(input, rules, json, records),
  };
}

type Content = Pick<Subject, "bodyText" | "json" | "schemaErrors" | "visits">;

interface KnownContent {
  readonly bytes: Buffer;
  readonly isJson: boolean;
  readonly pointer: string | undefined;
  readonly content: Content;
}

/** The latest large bodies: a list is read many times, and seldom changes. */
const knownContents = new WeakMap<Specification, KnownContent[]>();
const largeBytes = 4096;
const maxKnown = 3;

function readContent(
  specification: Specification,
  bytes: Buffer,
  isJson: boolean,
  pointer: string | undefined,
): Content {
  const known = knownContents.get(specification) ?? [];
  const same = known.find(
    (one) => one.isJson === isJson && one.pointer === pointer && one.bytes.equals(bytes),
  );
  if (same !== undefined) return same.content;
  const json = isJson ? readJson(bytes) : undefined;
  const { document, schemas } = specification;
  const content: Content = {
    bodyText: bytes.toString("utf8"),
    json,
    visits: [],
    ...(pointer !== undefined &&
      json?.value !== undefined && {
        schemaErrors: schemas.validate(pointer, json.value),
        visits: visitSchema(document, schemas, pointer, json.value),
      }),
  };
  if (bytes.length > largeBytes)
    knownContents.set(specification, [
      ...known.slice(1 - maxKnown),
      { bytes, isJson, pointer, content },
    ]);
  return content;
}

/** The media type of a Content-Type, in lower case, without its parameters. */
function readMediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}

/** The documented content that a media type belongs to. Without a media type it is the first one, so that a body is judged anyway. */
function matchContent(
  { content }: DocumentedResponse,
  mediaType: string | undefined,
): MediaType | undefined {
  if (mediaType === undefined) return content[0];
  return content.find((one) => {
    const documented = readMediaType(one.mediaType) ?? "";
    const [type, subtype] = documented.split("/");
    const isOfRange = subtype === "*" && mediaType.startsWith(`${type}/`);
    return documented === mediaType || documented === "*/*" || isOfRange;
  });
}

function hasJson(
  { response, request, failure }: Exchange,
  mediaType: string | undefined,
  content: MediaType | undefined,
): boolean {
  if (response === undefined || failure !== undefined) return false;
  // What a 206 has is a part of a JSON text.
  if (request.method === "HEAD" || [204, 206, 304].includes(response.status)) return false;
  // An empty body is not a fault where the document says nothing about a body.
  if (response.body.length === 0 && content === undefined) return false;
  return isJsonMediaType(mediaType ?? content?.mediaType ?? "");
}

function checkRules(
  { specification, contractCase, exchange, history, operation }: ExamineInput,
  rules: ResponseRules | undefined,
  json: JsonText | undefined,
  records: readonly ShownRecord[],
): ResponseReport {
  const { response } = exchange;
  const self = json?.value;
  if (rules === undefined || response === undefined || self === undefined) return noReport;
  const isComparable = contractCase.readsAsOwner && isSuccessStatus(response.status);
  const inPath = new Set(templateParameters(operation.path));
  const parameters = Object.entries(contractCase.parameters).filter(([name]) => inPath.has(name));
  const before = new Map<string, unknown>();
  if (isComparable)
    before.set("", history.readings({ contractCase, exchange }).at(-1)?.json?.value);
  for (const { pointer, key, value } of isComparable ? records : []) {
    const latest = history.latestSighting(key, exchange);
    const shown =
      latest && asShownBy(specification, operation, latest.value, latest.subject.operation, value);
    before.set(pointer, shown);
  }
  const bindings = {
    self,
    oldSelf: before.get(""),
    request: { path: Object.fromEntries(parameters) },
    response: { status: response.status },
  };
  const given = [rules, JSON.stringify([bindings.request, bindings.response]), ...before.values()];
  const known = json && knownReports.get(json);
  if (known?.given.every((one, index) => one === given[index]) === true) return known.report;
  const report = rules.check(bindings, (pointer) => before.get(pointer));
  if (json !== undefined) knownReports.set(json, { given, report });
  return report;
}

/** What the latest bodies obey, with what that follows from. */
const knownReports = new WeakMap<
  JsonText,
  { readonly given: readonly unknown[]; readonly report: ResponseReport }
>();
