import { isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";
import { describeChange, kebab } from "./describe-change.ts";
import type { WireContext } from "./direction.ts";
import { directionOfPointer } from "./direction.ts";
import { isAnnotation } from "./keyword-effect.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import { resolveValue } from "./redocly-pointer.ts";
import type { Verdict } from "./verdict.ts";
import { deprecation, documentation, law, noLongerSent } from "./verdict.ts";

/** Rates a change outside of schemas; undefined for one that has no rule here. */
export function rateOperationChange(
  change: RedoclyChange,
  context: WireContext,
): readonly Change[] | undefined {
  const { typeName, property, kind } = change;
  const verdict = verdictOf(change, context);
  if (!verdict) return undefined;
  const node =
    typeName === "PathItem" ? "path" : `${typeName.slice(0, 1).toLowerCase()}${typeName.slice(1)}`;
  const verb = kind === "modified" ? "changed" : kind;
  const id = [node, property, verb]
    .filter((word) => word !== undefined)
    .map(kebab)
    .join("-");
  return [describeChange(change, id, property ?? node, verdict, context)];
}

function verdictOf(change: RedoclyChange, context: WireContext): Verdict | undefined {
  const { typeName, kind, property = "" } = change;
  if (documenting.has(typeName)) return documentation;
  if (kind !== "modified") {
    if (!sent.has(typeName)) return presence[typeName]?.[kind];
    return kind === "added" ? requiredOrNot(change, context) : noLongerSent;
  }
  if (isAnnotation(property)) return documentation;
  return property === "deprecated" ? deprecation : modified(change, property);
}

/** Kinds of nodes in Redocly's words that only document, wherever they stand. */
const documenting = new Set([
  "Info",
  "Contact",
  "License",
  "Tag",
  "TagList",
  "TagGroup",
  "ExternalDocs",
  "Example",
  "ExamplesMap",
  "Link",
  "LinksMap",
  "Logo",
  "Components",
  "NamedSchemas",
  "Root",
]);

type Presence = Readonly<Record<"added" | "removed", Verdict>>;

const unreachable: Verdict = ["major", "consumers that rely on it find nothing"];
const movedAddress: Verdict = ["minor", "the address that is called by default may move"];
const unbound: Verdict = ["patch", "a scheme binds nobody until an operation requires it"];

const called: Presence = { added: ["minor", "there is more to call"], removed: unreachable };
const read: Presence = { added: ["minor", "there is more to read"], removed: unreachable };
const alternative: Presence = {
  added: ["minor", "it stands beside those that were there"],
  removed: unreachable,
};
const address: Presence = { added: movedAddress, removed: movedAddress };

/** What it means that a node comes or goes, by its kind in Redocly's words. */
const presence: Readonly<Partial<Record<string, Presence>>> = {
  PathItem: called,
  Operation: called,
  Callback: called,
  Paths: called,
  WebhooksMap: called,
  Response: read,
  Header: read,
  HeadersMap: read,
  MediaType: alternative,
  MediaTypesMap: alternative,
  Server: address,
  ServerList: address,
  SecurityScheme: { added: unbound, removed: unbound },
};

/** The kinds of nodes that a caller sends. */
const sent = new Set(["Parameter", "ParameterList", "RequestBody"]);

const refused: Verdict = ["major", "calls that leave it out are refused"];

/** What a caller may or must send from now on. */
function requiredOrNot({ revisionValue }: RedoclyChange, { revision }: WireContext): Verdict {
  const values: readonly unknown[] = Array.isArray(revisionValue) ? revisionValue : [revisionValue];
  const resolved = values.map((value) => resolveValue(revision, value));
  const isRequired = resolved.some((value) => isJsonObject(value) && value["required"] === true);
  return isRequired ? refused : ["minor", "it may be sent and need not be"];
}

const lostCalls: Verdict = ["major", "calls that worked no longer reach what they asked for"];

function modified(change: RedoclyChange, property: string): Verdict | undefined {
  switch (`${change.typeName} ${property}`) {
    case "Operation operationId":
      return ["patch", "it is not on the wire; what it names in the generated code is rated there"];
    case "PathItem key":
    case "Parameter name":
      return callsTheSame(change)
        ? ["patch", "the same URLs are called; what it names in the generated code is rated there"]
        : lostCalls;
    case "Parameter required":
    case "RequestBody required":
      return requirement(change);
    case "Header required":
      return directionOfPointer(change.path) === "request" ? requirement(change) : promise(change);
    case "Parameter allowEmptyValue":
      return change.revisionValue === true ? law.request.widened : lostCalls;
    default:
      return wholly[change.typeName];
  }
}

/** What a modification does, whichever property it is about. */
const wholly: Readonly<Partial<Record<string, Verdict>>> = {
  Parameter: lostCalls,
  Encoding: lostCalls,
  Server: movedAddress,
  ServerVariable: movedAddress,
  SecurityScheme: documentation,
};

function requirement({ revisionValue }: RedoclyChange): Verdict {
  return revisionValue === true ? refused : ["minor", "it may be left out"];
}

function promise({ revisionValue }: RedoclyChange): Verdict {
  return revisionValue === true
    ? ["minor", "answers promise more than they did"]
    : ["major", "consumers that rely on it may find nothing"];
}

/** Whether a path, or a parameter of one, only has another name: templates with the same literals match the same URLs. */
function callsTheSame({ typeName, path, baseValue, revisionValue }: RedoclyChange): boolean {
  const [root, template = ""] = pointerTokens(path);
  if (root !== "paths") return false;
  if (typeName === "Parameter") {
    // Its name stands in the template, too, in the old form or the new one.
    return [baseValue, revisionValue].some((name) => template.includes(`{${String(name)}}`));
  }
  const [before, after] = [baseValue, revisionValue].map((value) =>
    String(value).replaceAll(/\{[^}]*\}/gu, "{}"),
  );
  return before === after;
}
