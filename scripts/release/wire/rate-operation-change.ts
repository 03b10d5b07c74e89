import { isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import type { Change } from "../change.ts";
import { kebab } from "./change-id.ts";
import { describePlace } from "./describe-place.ts";
import { describeValues } from "./describe-values.ts";
import { directionOfPointer } from "./direction.ts";
import { resolveValue } from "./follow-pointer.ts";
import { isAnnotation } from "./keyword-effect.ts";
import type { RedoclyChange } from "./redocly-change.ts";
import type { Verdict } from "./verdict.ts";
import { deprecation, documentation, noLongerSent } from "./verdict.ts";
import type { WireContext } from "./wire-context.ts";

const calls: Verdict = ["major", "calls that worked no longer reach what they asked for"];
const newCalls: Verdict = ["minor", "there is more to call"];
const renamed: Verdict = [
  "patch",
  "the same URLs are called; what it names in the generated code is rated there",
];
const unreachable: Verdict = ["major", "consumers that rely on it find nothing"];

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

/** Rates a change outside of schemas; undefined for one that has no rule here. */
export function rateOperationChange(
  change: RedoclyChange,
  context: WireContext,
): Change | undefined {
  const verdict = verdictOf(change, context);
  if (!verdict) return undefined;
  const [bump, consequence] = verdict;
  const what = change.property ?? nodeName(change.typeName);
  const verb = change.kind === "modified" ? "changed" : change.kind;
  const document = change.kind === "removed" ? context.base : context.revision;
  return {
    id: [kebab(nodeName(change.typeName)), change.property && kebab(change.property), verb]
      .filter(Boolean)
      .join("-"),
    bump,
    where: describePlace(document, change.path),
    why: `${describeValues(what, change.kind, change.baseValue, change.revisionValue)}: ${consequence}`,
    source: "wire",
  };
}

function nodeName(typeName: string): string {
  return typeName === "PathItem"
    ? "path"
    : `${typeName.slice(0, 1).toLowerCase()}${typeName.slice(1)}`;
}

function verdictOf(change: RedoclyChange, context: WireContext): Verdict | undefined {
  if (documenting.has(change.typeName)) return documentation;
  if (change.kind === "modified" && change.property && isAnnotation(change.property))
    return documentation;
  if (change.kind === "modified") return modified(change, change.property ?? "");
  return presence(change, context);
}

function presence(change: RedoclyChange, context: WireContext): Verdict | undefined {
  const added = change.kind === "added";
  switch (change.typeName) {
    case "PathItem":
    case "Operation":
    case "Callback":
    case "Paths":
    case "WebhooksMap":
      return added ? newCalls : unreachable;
    case "Parameter":
    case "ParameterList":
    case "RequestBody":
      return sent(change, context);
    case "Response":
    case "Header":
    case "HeadersMap":
      return added ? ["minor", "there is more to read"] : unreachable;
    case "MediaType":
    case "MediaTypesMap":
      return added ? ["minor", "it stands beside those that were there"] : unreachable;
    case "Server":
    case "ServerList":
      return ["minor", "the address that is called by default may move"];
    case "SecurityScheme":
      return ["patch", "a scheme binds nobody until an operation requires it"];
    default:
      return undefined;
  }
}

/** What a caller may or must send; a removed one is no longer in the types, so that its callers do not compile. */
function sent(change: RedoclyChange, context: WireContext): Verdict {
  if (change.kind === "removed") return noLongerSent;
  const values = Array.isArray(change.revisionValue)
    ? change.revisionValue
    : [change.revisionValue];
  const required = values.some((value) => {
    const resolved = resolveValue(context.revision, value);
    return isJsonObject(resolved) && resolved["required"] === true;
  });
  return required
    ? ["major", "calls that leave it out are refused"]
    : ["minor", "it may be sent and need not be"];
}

function modified(change: RedoclyChange, property: string): Verdict | undefined {
  if (property === "deprecated") return deprecation;
  switch (change.typeName) {
    case "Operation":
      return property === "operationId"
        ? ["patch", "it is not on the wire; what it names in the generated code is rated there"]
        : undefined;
    case "PathItem":
      return property === "key" ? movedPath(change) : undefined;
    case "Parameter":
      return changedParameter(change, property);
    case "RequestBody":
      return property === "required" ? becameRequired(change) : undefined;
    case "Header":
      return property === "required" ? headerRequired(change) : undefined;
    case "Encoding":
      return calls;
    case "Server":
    case "ServerVariable":
      return ["minor", "the address that is called by default may move"];
    case "SecurityScheme":
      return documentation;
    default:
      return undefined;
  }
}

function movedPath({ path, baseValue, revisionValue }: RedoclyChange): Verdict {
  if (pointerTokens(path)[0] === "paths" && unnamed(baseValue) === unnamed(revisionValue)) {
    return renamed;
  }
  return calls;
}

/** A path template without the names of its parameters. */
function unnamed(template: unknown): string {
  return String(template).replaceAll(/\{[^}]*\}/gu, "{}");
}

function changedParameter(change: RedoclyChange, property: string): Verdict | undefined {
  if (property === "required") return becameRequired(change);
  if (property === "name" && change.path.startsWith("#/paths/") && namesPathParameter(change)) {
    return renamed;
  }
  if (property === "allowEmptyValue" && change.revisionValue === true)
    return ["minor", "more requests are accepted than before"];
  return calls;
}

/** A path parameter's name stands in the template too, so that its place says which one it is. */
function namesPathParameter({ path, baseValue, revisionValue }: RedoclyChange): boolean {
  const template = pointerTokens(path)[1] ?? "";
  return (
    template.includes(`{${String(revisionValue)}}`) || template.includes(`{${String(baseValue)}}`)
  );
}

function becameRequired(change: RedoclyChange): Verdict {
  return change.revisionValue === true
    ? ["major", "calls that leave it out are refused"]
    : ["minor", "it may be left out"];
}

function headerRequired(change: RedoclyChange): Verdict {
  const required = change.revisionValue === true;
  if (directionOfPointer(change.path) === "request") return becameRequired(change);
  return required
    ? ["minor", "answers promise more than they did"]
    : ["major", "consumers that rely on it may find nothing"];
}
