import { parseDuration, UsageError } from "@qontext/sync-log-command-line";
import { assertFault, checkFault, faultMembers } from "../faults/check-fault.ts";
import type { InitialFault } from "../mock-plan.ts";

const whenNames = ["times", "after", "probability", "operation"] as const;

/**
 * Reads `KIND[,NAME=VALUE]…`: `503,times=3,retry-after=2`, `latency,delay=50ms,jitter=20ms`, `reset,at=body,probability=0.1`. A
 * status alone is a fault of the kind `status`; names are those of the library in kebab-case, durations without `-ms`.
 *
 * @throws UsageError for a text that is not of this form.
 * @throws FaultError for an unknown or invalid fault.
 */
export function parseFault(text: string): InitialFault {
  // A value may have commas of its own, as an HTTP date has: a part begins with a name.
  const [head = "", ...parts] = text.split(/,(?=[a-z-]+=)/);
  const isStatus = /^\d{3}$/.test(head);
  const kind = isStatus ? "status" : head;
  const fault: Record<string, unknown> = { kind };
  if (isStatus) fault["status"] = Number(head);
  const when: Record<string, number | string> = {};
  for (const part of parts) {
    const [name = "", value = ""] = part.split(/=(.*)/s);
    const whenName = whenNames.find((known) => known === name);
    if (whenName === undefined) fault[memberName(kind, name)] = readValue(kind, name, value);
    else when[whenName] = whenName === "operation" ? value : readNumber(name, value);
  }
  const plan: unknown = fault;
  assertFault(plan);
  checkFault(plan, when);
  return { plan, when };
}

/** The members of a kind of fault as they are written on a command line. */
export function faultOptionSyntax(): readonly string[] {
  // A fault that one sync alone has is for the library and the control interface.
  const kinds = Object.entries(faultMembers).filter(([kind]) => kind !== "unlisted");
  return kinds.map(([kind, members]) => {
    // Headers are an object; they are for the library and the control interface.
    const written = Object.entries(members).filter(([name]) => name !== "headers");
    const names = written.map(([name, { isOptional }]) => {
      const text = `,${optionName(name)}=…`;
      return isOptional === true ? `[${text}]` : text;
    });
    return kind === "status" ? `STATUS${names.slice(1).join("")}` : `${kind}${names.join("")}`;
  });
}

function optionName(member: string): string {
  const kebab = member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return member === "retryAfterMs" ? kebab : kebab.replace(/-ms$/, "");
}

function memberName(kind: string, option: string): string {
  const members = Object.entries(faultMembers).find(([name]) => name === kind)?.[1] ?? {};
  return Object.keys(members).find((member) => optionName(member) === option) ?? option;
}

function readValue(kind: string, option: string, value: string): unknown {
  const member = memberName(kind, option);
  // `retry-after-ms` names its unit, so a number alone is in milliseconds.
  const isBareMs = option.endsWith("-ms") && /^\d+$/.test(value);
  if (member.endsWith("Ms") && !isBareMs) return parseDuration(value, option);
  if (value === "true" || value === "false") return value === "true";
  const isText = ["body", "location", "contentType", "at"].includes(member);
  return !isText && /^\d+$/.test(value) ? Number(value) : value;
}

function readNumber(option: string, value: string): number {
  const number = Number(value);
  if (value !== "" && !Number.isNaN(number)) return number;
  throw new UsageError(`${option} of --fault takes a number, not "${value}".`);
}
