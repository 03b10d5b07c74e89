import type { InvariantViolation } from "@qontext/sync-log-rules";
import type { JsonText } from "../json/read-json.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { DocumentedResponse, Operation, ResponseContent } from "../spec/operation.ts";
import type { SchemaError } from "../spec/schema-registry.ts";
import type { SchemaVisit } from "../spec/visit-schema.ts";
import type { DecodedBody } from "../wire/decode-body.ts";
import type { Exchange, WireResponse } from "../wire/exchange.ts";

/** Where an exchange comes from. Recorded traffic has no raw bytes to judge. */
export type Origin = "plan" | "traffic" | "recording";

/** An exchange with everything that the checks look at. */
export interface Subject {
  readonly exchange: Exchange;
  readonly origin: Origin;
  readonly operation: Operation;
  readonly contractCase: ContractCase;
  readonly response?: WireResponse;
  readonly body: DecodedBody;
  readonly bodyText: string;
  /** Absent if the body is not to be read as JSON. */
  readonly json?: JsonText;
  /** Media type in lower case without parameters; undefined if there is none. */
  readonly mediaType?: string;
  /** The documented response the status belongs to; absent where the document says nothing about this request. */
  readonly documented?: DocumentedResponse;
  readonly content?: ResponseContent;
  /** Absent if the body was not validated. */
  readonly schemaErrors?: readonly SchemaError[];
  readonly visits: readonly SchemaVisit[];
  readonly rules: RuleOutcomes;
}

/** What became of the invariants that are about this body. */
export interface RuleOutcomes {
  readonly violations: readonly (InvariantViolation & { readonly pointer: string })[];
  readonly passed: readonly string[];
}

/** Whether the response is one that the document describes and that has come in full. */
export function isSuccess(subject: Subject): boolean {
  const status = subject.response?.status ?? 0;
  return status >= 200 && status < 300;
}
