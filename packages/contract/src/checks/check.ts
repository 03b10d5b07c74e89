import type { Operation } from "@qontext/sync-log-document";
import type { Redactor } from "@qontext/sync-log-redact";
import type { ForeignTexts } from "../run/foreign-texts.ts";
import type { History } from "../run/history.ts";
import type { CaseSeries, ContractCase } from "../plan/contract-case.ts";
import type { Subject } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import type { Exchange, WireResponse } from "../wire/exchange.ts";

/** `error`: the contract is broken. `warning`: it is stretched; an error under `--strict`. */
export type Severity = "error" | "warning";

/** One way in which a response is not what a check asserts. */
export interface Finding {
  /** Where in the body, as a JSON pointer; absent if it is not about a place in the body. */
  readonly pointer?: string;
  readonly expected: string;
  readonly actual: string;
  /** Where it is not that of the check. A `note` is an error under `--strict`, and not reported otherwise. */
  readonly severity?: Severity | "note";
  /** The earlier exchange that it contradicts. @default the latest of the same request */
  readonly earlier?: Exchange | undefined;
  /** The request whose response may tell that there is no fault. */
  readonly confirmation?: Confirmation | undefined;
}

/** A request that is sent before a finding is reported: what it is about may have been deleted in the meantime, say. */
export interface Confirmation {
  readonly operation: Operation;
  readonly parameters: ContractCase["parameters"];
  /** `contradiction`: the response contradicts an earlier one to the same request, which is reported instead. */
  readonly isRefutedBy: ((response: WireResponse) => boolean) | "contradiction";
  /** Called if so. */
  readonly onRefuted?: (() => void) | undefined;
}

/** What a check may look at besides the exchange it judges. */
export interface CheckContext {
  readonly specification: Specification;
  /** What was seen before this exchange. */
  readonly history: History;
  /** Takes out the credentials that must not come back; undefined if there are none. */
  readonly secrets: Redactor | undefined;
  /** Texts that only another tenant may see. */
  readonly foreignTexts: ForeignTexts;
  readonly maxLatencyMs?: number | undefined;
  /** The host that the provider is called by. */
  readonly host: string;
}

/** What a check is, apart from how it judges. */
export interface CheckText {
  /** `family/fault`, stable. */
  readonly id: string;
  /** What is asserted, as a sentence. */
  readonly asserts: string;
  /** @default "error" */
  readonly severity?: Severity;
  /** Why it matters, as a sentence. */
  readonly why: string;
  /** What to do when it is violated, as a sentence. */
  readonly fix: string;
}

/** A check: a pure function from an exchange to what is wrong with it. */
export interface Check extends CheckText {
  /** Whether it compares the exchange with an earlier one, so that it takes both to see the fault again. */
  readonly comparesReadings?: boolean;
  /** @returns undefined if the check says nothing about this exchange, so that it does not count as exercised. */
  readonly judge?: Judge<Subject> | undefined;
  /** Judges the exchanges of a series beside each other. */
  readonly judgeSeries?:
    | ((series: CaseSeries, subjects: readonly Answered[]) => readonly Finding[] | undefined)
    | undefined;
}

type Judge<Judged> = (judged: Judged, context: CheckContext) => readonly Finding[] | undefined;

/** A subject whose response could be read. */
export type Answered = Subject & { readonly response: WireResponse };

/** A judge of responses, which says nothing about an exchange without one. */
export function ofResponse(judge: Judge<Answered>): Judge<Subject> {
  return (subject, context) => (isAnswered(subject) ? judge(subject, context) : undefined);
}

/** Whether there is a response that could be read. */
export function isAnswered(subject: Subject): subject is Answered {
  return subject.response !== undefined && subject.response.status !== 0;
}

/** The exchanges of a series that belong to one of the kinds that it compares. */
export function ofSide(subjects: readonly Answered[], side: string): readonly Answered[] {
  return subjects.filter(({ contractCase }) => contractCase.side === side);
}

/** No finding if what is asserted holds, otherwise one. */
export function assertThat(holds: boolean, expected: string, actual: string): readonly Finding[] {
  return holds ? [] : [{ expected, actual }];
}

/** A JSON value as a report shows it: short. */
export function excerpt(value: unknown, maxLength = 100): string {
  const text = JSON.stringify(value) ?? "nothing";
  if (text.length <= maxLength) return text;
  return Array.isArray(value) ? `[…] of ${value.length}` : `${text.slice(0, maxLength)}…`;
}
