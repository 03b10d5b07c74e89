import type { Direction, Located, MediaType } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import type { Difference, SchemaComparison } from "./schema-comparison.ts";
import type { SchemaReader, Term } from "./schema-form.ts";
import type { Verdict } from "./verdict.ts";

const refusedType: Verdict = [
  "major",
  "requests in this media type are refused",
  "Send another one.",
];
const lostType: Verdict = [
  "major",
  "consumers that ask for this media type do not get it",
  "Ask for another one.",
];
/** For another way to write what is sent. */
export const written: Verdict = [
  "major",
  "what was sent the old way is read as something else",
  "Send it the new way.",
];

interface WithContent {
  readonly content: readonly MediaType[];
}

function mediaTypes({ content }: WithContent): ReadonlyMap<string, MediaType> {
  return new Map(
    content.map((media) => {
      const name = media.mediaType.toLowerCase().replaceAll(/\s/gu, "");
      // What is sent is UTF-8 whether or not it says so.
      return [name.replace(/;charset="?utf-8"?/u, ""), media];
    }),
  );
}

/** Whether a media type is one of a range: `application/*`, or all. */
function isWithin(mediaType: string, range: string): boolean {
  return range === "*/*" || (range.endsWith("/*") && mediaType.startsWith(range.slice(0, -1)));
}

/** Compares the media types of a body, and their schemas. A range keeps what is in it, and what is in it keeps its promise. */
export function compareContent(
  comparison: SchemaComparison,
  before: WithContent,
  after: WithContent,
  direction: Direction,
): readonly Difference[] {
  const isSent = direction === "request";
  const [from, to] = [mediaTypes(before), mediaTypes(after)];
  const findings: Difference[] = [];
  const at = { direction, effect: "changed" } as const;
  for (const [name, media] of from) {
    const kept = [...to].filter(([own]) => (isSent ? isWithin(name, own) : isWithin(own, name)));
    const same = to.get(name);
    const others = same ? [same] : kept.map(([, other]) => other);
    for (const other of others) {
      findings.push(...compareSchemaOf(comparison, media, other, direction));
      findings.push(...compareEncoding(media, other, direction));
    }
    if (others.length === 0) {
      const verdict = isSent ? refusedType : lostType;
      findings.push({
        ...at,
        id: "media-type-removed",
        side: "base",
        pointer: media.pointer,
        what: `the media type ${media.mediaType} is removed`,
        verdict,
      });
    }
  }
  for (const [name, media] of to) {
    if (from.has(name)) continue;
    findings.push({
      ...at,
      id: "media-type-added",
      side: "revision",
      pointer: media.pointer,
      what: `the media type ${media.mediaType} is added`,
      verdict: ["minor", "it stands beside those that were there"],
    });
  }
  return findings;
}

interface WithSchema {
  readonly pointer: string;
  readonly value: Located["value"];
}

/** The schema of a media type, parameter or header. */
export function termOf(reader: SchemaReader, { pointer, value }: WithSchema): Term {
  return reader.termOf(value["schema"], appendPointer(pointer, "schema"));
}

/** Compares the schemas of two of them. */
export function compareSchemaOf(
  comparison: SchemaComparison,
  before: WithSchema,
  after: WithSchema,
  direction: Direction,
): readonly Difference[] {
  const { base, revision } = comparison;
  return [comparison.pairTerms(termOf(base, before), termOf(revision, after), direction)];
}

/** How the parts of a form are sent; what is the default is left out. */
function compareEncoding(
  before: MediaType,
  after: MediaType,
  direction: Direction,
): readonly Difference[] {
  const [from, to] = [before, after].map(({ value }) => {
    const encoding = isJsonObject(value["encoding"]) ? value["encoding"] : {};
    const parts = Object.entries(encoding).map(([name, part]) => {
      const {
        contentType,
        style = "form",
        explode = style === "form",
        allowReserved = false,
      } = isJsonObject(part) ? part : {};
      return [name, { contentType, style, explode, allowReserved }];
    });
    return canonicalJson(Object.fromEntries(parts));
  });
  if (from === to) return [];
  const what = `\`encoding\` goes from ${from} to ${to}`;
  return [
    {
      id: "encoding-changed",
      direction,
      effect: "changed",
      side: "revision",
      pointer: after.pointer,
      what,
      verdict: direction === "request" ? written : undefined,
    },
  ];
}
