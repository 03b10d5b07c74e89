import { fullFormats } from "ajv-formats/dist/formats.js";

/** How a format is checked: by a function of the run-time module `formats.ts`, or by a pattern. */
export type FormatCheck =
  | { readonly functionName: string; readonly type: "string" | "number" }
  | { readonly pattern: RegExp };

const ownFunctions: Readonly<Record<string, FormatCheck>> = {
  date: { functionName: "isDate", type: "string" },
  time: { functionName: "isTime", type: "string" },
  "date-time": { functionName: "isDateTime", type: "string" },
  uri: { functionName: "isUri", type: "string" },
  int32: { functionName: "isInt32", type: "number" },
  int64: { functionName: "isInt64", type: "number" },
};

/** Formats that say how a value is used, not what it looks like. */
const unchecked = new Set(["password", "binary", "byte", "float", "double"]);

/** How a format is checked; `"unchecked"` if nothing has to be, `undefined` if it is not known. */
export function formatCheck(format: string): FormatCheck | "unchecked" | undefined {
  if (Object.hasOwn(ownFunctions, format)) return ownFunctions[format];
  if (unchecked.has(format)) return "unchecked";
  const pattern = Object.entries(fullFormats).find(([name]) => name === format)?.[1];
  return pattern instanceof RegExp ? { pattern } : undefined;
}
