import type { Buffer } from "node:buffer";
import type { AnyNode } from "@humanwhocodes/momoa";
import { parse } from "@humanwhocodes/momoa";
import { appendPointer } from "@qontext/sync-log-document";
import { oncePer } from "../once-per.ts";

/** A fault in a JSON text. The code is the id of the check that reports it. */
export interface JsonFault {
  readonly code: JsonFaultCode;
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

export type JsonFaultCode =
  | "json/not-utf8"
  | "json/bom"
  | "json/invalid"
  | "json/trailing-bytes"
  | "json/duplicate-key"
  | "json/unsafe-integer"
  | "json/beyond-limits";

/** The value of a JSON text, with the faults in its notation. */
export interface JsonText {
  /** Absent if the text is not JSON. */
  readonly value?: unknown;
  readonly faults: readonly JsonFault[];
}

/** Reads a JSON text by RFC 8259, and reports the faults that `JSON.parse` ignores. */
export function readJson(bytes: Buffer): JsonText {
  const faults: JsonFault[] = [];
  const add = (code: JsonFaultCode, expected: string, actual: string, pointer = ""): void => {
    faults.push({ code, pointer, expected, actual });
  };
  let text = bytes.toString("utf8");
  if (!isUtf8(bytes))
    add("json/not-utf8", "a text in UTF-8 (RFC 8259, section 8.1)", "bytes that are not UTF-8");
  if (text.startsWith("\uFEFF")) {
    add("json/bom", "no byte order mark (RFC 8259, section 8.1)", "a byte order mark at the start");
    text = text.slice(1);
  }
  const excess = excessOf(text);
  if (excess !== undefined) {
    add("json/beyond-limits", `at most ${maxLevels} levels and ${maxValues} values`, excess);
    return { faults };
  }
  const problem = jsonProblem(text);
  if (problem !== undefined) {
    const end = firstValueEnd(text);
    const first = text.slice(0, end);
    if (end === undefined || jsonProblem(first) !== undefined) {
      add("json/invalid", "a JSON text", `${problem}: ${JSON.stringify(text.slice(0, 60))}`);
      return { faults };
    }
    add(
      "json/trailing-bytes",
      "one JSON value and nothing after it",
      JSON.stringify(text.slice(end, end + 40)),
    );
    text = first;
  }
  for (const fault of findFaults(text)) faults.push(fault);
  const value: unknown = JSON.parse(text);
  return { value, faults };
}

/** RFC 8259, section 9, lets a reader have limits; with these it takes no long time and no great memory. */
export const maxLevels = 256;
export const maxValues = 1_000_000;

/** How a text exceeds the limits, if so. It need not be JSON. */
function excessOf(text: string): string | undefined {
  let [level, values, isInString] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      level += 1;
      values += 1;
      if (level > maxLevels) return `more than ${maxLevels} levels`;
    } else if (character === "}" || character === "]") level -= 1;
    else if (character === ",") values += 1;
    if (values > maxValues) return `more than ${maxValues} values`;
  }
  return undefined;
}

/** All strings in a JSON text, without the names of members. */
export const stringsIn: (json: JsonText) => readonly string[] = oncePer(({ value }) =>
  stringsOf(value),
);

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.replaceAll(/\s+/g, " ").slice(0, 120)
      : String(error);
  }
}

/** Where the first object or array of the text ends. */
function firstValueEnd(text: string): number | undefined {
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (match[0] === "{" || match[0] === "[") depth += 1;
    if ((match[0] === "}" || match[0] === "]") && --depth <= 0) return match.index + 1;
  }
  return undefined;
}

function findFaults(text: string): readonly JsonFault[] {
  const faults: JsonFault[] = [];
  const visit = (node: AnyNode, pointer: string): void => {
    if (node.type === "Object") {
      const seen = new Set<string>();
      for (const { name, value } of node.members) {
        const key = name.type === "String" ? name.value : name.name;
        const place = appendPointer(pointer, key);
        if (seen.has(key)) {
          const actual = `${JSON.stringify(key)} twice; readers disagree about which one counts`;
          const expected = "each name once";
          faults.push({ code: "json/duplicate-key", pointer: place, expected, actual });
        }
        seen.add(key);
        visit(value, place);
      }
    }
    if (node.type === "Array") {
      for (const [index, { value }] of node.elements.entries())
        visit(value, appendPointer(pointer, index));
    }
    if (node.type === "Number") {
      const written = text.slice(node.loc.start.offset, node.loc.end.offset);
      if (isSafeNumber(written, node.value)) return;
      const expected = "a number that every reader holds exactly, between -(2^53 - 1) and 2^53 - 1";
      const actual = `${written}, which JSON.parse reads as ${node.value}`;
      faults.push({ code: "json/unsafe-integer", pointer, expected, actual });
    }
  };
  visit(parse(text, { mode: "json" }).body, "");
  return faults;
}

function isSafeNumber(written: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return Number.isSafeInteger(value) || !Number.isInteger(value) || /[.eE]/.test(written);
}
