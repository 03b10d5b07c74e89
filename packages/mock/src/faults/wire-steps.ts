import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Answer } from "../http/answer.ts";
import type { Fault } from "./fault.ts";
import { isAboutLists } from "./fault.ts";

/** One thing to do on the wire. */
export type WireStep =
  | { readonly do: "wait"; readonly delayMs: number }
  | {
      readonly do: "head";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly do: "write"; readonly bytes: Uint8Array }
  /** Nothing more is sent, and the connection stays open. */
  | { readonly do: "hang" }
  /** The connection is reset (RST). */
  | { readonly do: "reset" }
  /** The connection is closed (FIN), whatever length was declared. */
  | { readonly do: "close" }
  | { readonly do: "end" };

const padBytes = 64 * 1024;
const encoder = new TextEncoder();

/** The steps on the wire that send an answer, spoiled by a fault. */
export function* wireSteps(
  answer: Answer,
  fault: Fault | undefined,
  options: { readonly isHead: boolean },
): Generator<WireStep, void> {
  if (isSilent(fault)) {
    yield { do: fault.kind === "stall" ? "hang" : "reset" };
    return;
  }
  const { status, headers, bytes } = spoil(answer, fault);
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  const isOversize = fault?.kind === "oversize";
  const isLengthHidden = isOversize && fault.isLengthHidden === true;
  const length = isOversize ? Math.max(fault.bytes, bytes.length) : bytes.length;
  const isLengthSent = !isLengthHidden && status !== 204 && status !== 304;
  const lengthHeader = { "content-length": String(hasBody ? length : 0) };
  yield { do: "head", status, headers: isLengthSent ? { ...headers, ...lengthHeader } : headers };
  if (!options.isHead && hasBody) yield* bodySteps(bytes, fault);
  yield { do: "end" };
}

/** Whether a fault sends nothing, not even the status. */
export function isSilent(
  fault: Fault | undefined,
): fault is Extract<Fault, { readonly kind: "stall" | "reset" }> {
  return (fault?.kind === "stall" || fault?.kind === "reset") && fault.at === "header";
}

function* bodySteps(bytes: Uint8Array, fault: Fault | undefined): Generator<WireStep, void> {
  if (fault?.kind === "drip") {
    yield* dripSteps(bytes, fault.everyMs, fault.chunkBytes ?? 16);
    return;
  }
  const cut = cutOf(fault);
  if (cut !== undefined) {
    yield { do: "write", bytes: bytes.subarray(0, Math.ceil(bytes.length / 2)) };
    yield { do: cut };
    return;
  }
  yield { do: "write", bytes };
  if (fault?.kind !== "oversize") return;
  const blank = new Uint8Array(padBytes).fill(32);
  for (let left = fault.bytes - bytes.length; left > 0; left -= padBytes) {
    yield { do: "write", bytes: left < padBytes ? blank.subarray(0, left) : blank };
  }
}

function cutOf(fault: Fault | undefined): "hang" | "reset" | "close" | undefined {
  if (fault?.kind === "stall") return "hang";
  if (fault?.kind === "reset") return "reset";
  return fault?.kind === "truncate" && fault.at === "wire" ? "close" : undefined;
}

function* dripSteps(
  bytes: Uint8Array,
  everyMs: number,
  chunkBytes: number,
): Generator<WireStep, void> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    if (start > 0) yield { do: "wait", delayMs: everyMs };
    yield { do: "write", bytes: bytes.subarray(start, start + chunkBytes) };
  }
}

function spoil(
  { status, headers, body }: Answer,
  fault: Fault | undefined,
): Omit<Answer, "body"> & { readonly bytes: Uint8Array } {
  if (fault?.kind === "redirect") {
    const moved = { ...headers, location: fault.location };
    return { status: fault.status ?? 302, headers: moved, bytes: new Uint8Array() };
  }
  if (fault?.kind === "content-type") {
    const typed = { ...headers, "content-type": fault.contentType };
    return { status, headers: typed, bytes: encoder.encode(fault.body ?? body) };
  }
  if (fault?.kind === "malformed-json") {
    return { status, headers, bytes: encoder.encode(`{,${body.slice(1)}`) };
  }
  const bytes = encoder.encode(body);
  if (fault?.kind === "bad-gzip") {
    return { status, headers: { ...headers, "content-encoding": "gzip" }, bytes };
  }
  const isCut = fault?.kind === "truncate" && fault.at !== "wire";
  return {
    status,
    headers,
    bytes: isCut ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes,
  };
}

/** Whether a fault sends an answer of its own, so that the service's is not needed. */
export function replacesAnswer(fault: Fault | undefined): boolean {
  return isSilent(fault) || fault?.kind === "status" || fault?.kind === "redirect";
}

/** Whether the client gets the whole answer in spite of the fault. */
export function leavesAnswerWhole(fault: Fault | undefined): boolean {
  return fault === undefined || fault.kind === "drip" || isAboutLists(fault);
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export async function delay(delayMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Never resolves; rejects with the signal's reason as soon as it is aborted. */
export async function hang(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
  signal.throwIfAborted();
}
