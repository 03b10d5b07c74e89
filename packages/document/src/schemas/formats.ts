import { fullFormats } from "ajv-formats/dist/formats.js";
import {
  isBase64,
  isDate,
  isDateTime,
  isInt32,
  isInt64,
  isTime,
  isUri,
} from "./format-functions.ts";

/** How a format is checked: by a named function of `format-functions.ts`, or by a pattern. */
export type FormatCheck =
  | {
      readonly functionName: string;
      readonly type: "string";
      readonly validate: (text: string) => boolean;
    }
  | {
      readonly functionName: string;
      readonly type: "number";
      readonly validate: (value: number) => boolean;
    }
  | { readonly pattern: RegExp };

/** ajv-formats takes a blank for the `T` of RFC 3339 and an offset without its colon; its URI pattern is slow, and that of base64 fails on megabytes. */
const ownChecks: Readonly<Record<string, FormatCheck>> = {
  date: { functionName: "isDate", type: "string", validate: isDate },
  time: { functionName: "isTime", type: "string", validate: isTime },
  "date-time": { functionName: "isDateTime", type: "string", validate: isDateTime },
  uri: { functionName: "isUri", type: "string", validate: isUri },
  int32: { functionName: "isInt32", type: "number", validate: isInt32 },
  int64: { functionName: "isInt64", type: "number", validate: isInt64 },
  byte: { functionName: "isBase64", type: "string", validate: isBase64 },
};

/** Formats that say how a value is used, not what it looks like. */
const unchecked = new Set(["password", "binary", "float", "double"]);

/** How a format is checked; `"unchecked"` if nothing has to be, undefined if it is not known. */
export function formatCheck(format: string): FormatCheck | "unchecked" | undefined {
  if (Object.hasOwn(ownChecks, format)) return ownChecks[format];
  if (unchecked.has(format)) return "unchecked";
  const pattern = Object.entries(fullFormats).find(([name]) => name === format)?.[1];
  return pattern instanceof RegExp ? { pattern } : undefined;
}

/** Every format that is known. */
export const formatNames: readonly string[] = [
  ...new Set([...Object.keys(ownChecks), ...unchecked, ...Object.keys(fullFormats)]),
];
