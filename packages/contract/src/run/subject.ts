import type {
  DocumentedResponse,
  MediaType,
  Operation,
  ResponseReport,
  ResponseRules,
  SchemaError,
} from "@qontext/sync-log-document";
import { isTerminalStatus, valueAt } from "@qontext/sync-log-document";
import type { SchemaVisit } from "../exercised/visit-schema.ts";
import type { JsonText } from "../json/read-json.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { DecodedBody } from "../wire/decode-body.ts";
import type { Exchange, WireResponse } from "../wire/exchange.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { ShownRecord } from "./records.ts";

/** Where an exchange comes from. Recorded traffic has no raw bytes to judge. */
export type Origin = "plan" | "traffic" | "recording";

/** An exchange with everything that the checks look at. */
export interface Subject {
  readonly exchange: Exchange;
  readonly origin: Origin;
  readonly operation: Operation;
  readonly contractCase: ContractCase;
  readonly isHead: boolean;
  readonly response?: WireResponse | undefined;
  /** The first value of a header of the response. */
  readonly header: (name: string) => string | undefined;
  readonly body: DecodedBody;
  readonly bodyText: string;
  /** Absent if the body is not to be read as JSON. */
  readonly json?: JsonText | undefined;
  /** In lower case, without parameters. */
  readonly mediaType?: string | undefined;
  /** The documented response the status belongs to; absent where the document says nothing about this request. */
  readonly documented?: DocumentedResponse | undefined;
  readonly content?: MediaType | undefined;
  /** Absent if the body was not validated. */
  readonly schemaErrors?: readonly SchemaError[] | undefined;
  readonly visits: readonly SchemaVisit[];
  /** The items, where the operation is a collection and the body has its list. */
  readonly listed?: readonly unknown[] | undefined;
  /** Which collection it is, or belongs to. */
  readonly scope?: string | undefined;
  /** The records with a lifecycle that the body shows. */
  readonly records: readonly ShownRecord[];
  /** The rules of the documented response, with those of its schemas. */
  readonly rules?: ResponseRules | undefined;
  readonly ruleReport: ResponseReport;
}

/** Whether the response is a success. */
export function isSuccess({ response }: Subject): boolean {
  return isSuccessStatus(response?.status);
}

/** Whether a response tells more than 404 would; the list that a case takes for such an answer does not. */
export function isServed(
  subject: Subject,
  latest: (caseId: string) => Subject | undefined = () => undefined,
): boolean {
  const { contractCase, json } = subject;
  const taken = contractCase.expect?.takesList;
  const cause = taken?.unlessRefused === undefined ? undefined : latest(taken.unlessRefused);
  const { status = 0 } = cause?.response ?? {};
  if (status >= 400 && status < 500 && status !== 429) return isSuccess(subject);
  const list = taken && valueAt(json?.value, taken.pointer);
  const isTaken = Array.isArray(list) && (taken?.hasItems === true || list.length === 0);
  return isSuccess(subject) && !isTaken;
}

/** Whether an exchange shows the state of a resource. */
export function isReading(subject: Subject): boolean {
  const isRead = subject.exchange.request.method === "GET" && subject.contractCase.readsAsOwner;
  return isRead && isSuccess(subject) && subject.json?.value !== undefined;
}

/** Whether a record has a status that is never left. */
export function isTerminal({ lifecycle, value }: ShownRecord): boolean {
  return isTerminalStatus(lifecycle, String(value[lifecycle.property]));
}

/** Whether a body shows records, and none of them will change. */
export function isEnded({ records }: Subject): boolean {
  return records.length > 0 && records.every(isTerminal);
}
