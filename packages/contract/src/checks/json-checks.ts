import type { JsonFaultCode } from "../json/read-json.ts";
import { maxLevels, maxValues } from "../json/read-json.ts";
import type { Check, CheckText } from "./check.ts";

const texts: Readonly<Record<JsonFaultCode, Omit<CheckText, "id">>> = {
  "json/not-utf8": {
    asserts: "A JSON body is in UTF-8.",
    why: "Readers replace bytes that they cannot decode, which garbles the text.",
    fix: "Encode the body as UTF-8 (RFC 8259, section 8.1).",
  },
  "json/bom": {
    asserts: "A JSON body has no byte order mark.",
    why: "JSON.parse and many other parsers reject it.",
    fix: "Write the body without a byte order mark (RFC 8259, section 8.1).",
  },
  "json/invalid": {
    asserts: "A body that is labelled as JSON is JSON.",
    why: "Clients cannot parse it.",
    fix: "Serialize the whole body with a JSON library, or send its actual media type.",
  },
  "json/trailing-bytes": {
    asserts: "Nothing but white space follows the JSON value.",
    why: "JSON.parse rejects it; lenient parsers drop data.",
    fix: "Write one value and end the body.",
  },
  "json/duplicate-key": {
    asserts: "No object contains a name twice.",
    why: "Readers disagree about which one counts, so two services see different records.",
    fix: "Write each name once (RFC 8259, section 4).",
  },
  "json/unsafe-integer": {
    asserts: "Every number is one that a double holds exactly.",
    why: "JavaScript and many other readers silently round it (RFC 8259, section 6).",
    fix: "Keep counts below 2^53, or send the number as a string and document it so.",
  },
  "json/beyond-limits": {
    asserts: `A JSON body has at most ${maxLevels} levels and ${maxValues} values.`,
    why: "Readers that recurse end with an error, and those that do not run out of memory.",
    fix: "Limit what is nested, and page what is long.",
  },
};

/** Checks of how a JSON body is written. */
export const jsonChecks: readonly Check[] = Object.entries(texts).map(([id, text]) => ({
  id,
  ...text,
  judge: ({ json }) =>
    json?.faults
      .filter((fault) => fault.code === id)
      .map(({ pointer, expected, actual }) => ({ pointer, expected, actual })),
}));
