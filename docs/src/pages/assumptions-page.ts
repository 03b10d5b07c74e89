import type { Assumption, OpenApiDocument } from "@qontext/sync-log-document";
import { canonicalPointer, pointerTokens, readAssumptions } from "@qontext/sync-log-document";
import { code, plain, textAt } from "./markdown.ts";

/** Where an assumption is listed, and what it is called there. */
interface Place {
  readonly group: string;
  readonly heading: string;
  /** What the place itself says, before the assumption. */
  readonly says?: string;
}

/** `TooManyRequests` → `Too many requests`. */
function words(name: string): string {
  const spaced = name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A place of the document in a reader's words. */
export function placeOf(document: OpenApiDocument, pointer: string): Place {
  const tokens = pointerTokens(pointer);
  const value = document.at(pointer);
  const [root, kind, name = "", member, key = ""] = tokens;
  if (tokens.at(-2) === "x-invariants") {
    return {
      group: "Rules that always hold",
      heading: words(textAt(value, "id").replaceAll("-", " ")),
      says: `Where it does not hold, the contract kit reports ${code(textAt(value, "id"))}: “${plain(textAt(value, "message"))}”`,
    };
  }
  if (tokens.at(-1) === "x-lifecycle") {
    return { group: "The lifecycle", heading: "The order of the statuses, and which are terminal" };
  }
  if (root === "components" && kind === "schemas") {
    if (member === "properties" && tokens.length === 5) {
      const says = plain(textAt(value, "description"));
      return { group: `Fields of ${name}`, heading: `\`${key}\``, says };
    }
    if (member === undefined) {
      return {
        group: "Formats and bodies",
        heading: words(name),
        says: plain(textAt(value, "description")),
      };
    }
  }
  if (root === "components" && kind === "responses") {
    return { group: "Responses", heading: words(name), says: plain(textAt(value, "description")) };
  }
  if (root === "components") {
    return {
      group: "Parameters and headers",
      heading: words(name),
      says: plain(textAt(value, "description")),
    };
  }
  const operation = document.operations.find(({ node }) =>
    canonicalPointer(pointer).startsWith(canonicalPointer(node.pointer)),
  );
  const subject = textAt(value, "name") || tokens.slice(3).join(" ");
  return {
    group: `The operation ${operation?.id ?? tokens[1] ?? ""}`,
    heading: subject === "" ? "The operation" : `\`${subject}\``,
    says: plain(textAt(value, "description")),
  };
}

function entry({ heading, says = "" }: Place, { text }: Assumption): string {
  return `### ${heading}\n\n${says}${says === "" ? "" : "\n\n"}**Assumed.** ${plain(text)}`;
}

/** The page that lists what a first call to the live service must confirm. */
export function assumptionsPage(document: OpenApiDocument): string {
  const assumed = readAssumptions(document).map((assumption) => ({
    place: placeOf(document, assumption.pointer),
    assumption,
  }));
  const groups = Map.groupBy(assumed, ({ place }) => place.group);
  const sections = [...groups].map(
    ([group, members]) =>
      `## ${group}\n\n${members.map(({ place, assumption }) => entry(place, assumption)).join("\n\n")}`,
  );
  return `---
outline: 2
---

# Assumptions

The API's own documentation is the only source of the OpenAPI document. Where it is silent, the document assumes, and marks the
place with \`x-assumption\`. These are the ${assumed.length} places that a first call to the live service must confirm; a
[contract run](../guides/contract-tests-in-ci.md) against it says which of them it confirmed or refuted. Everything that is not
listed here is documented.

${sections.join("\n\n")}
`;
}
