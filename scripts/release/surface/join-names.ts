import { camelCase } from "../../generate/names.ts";
import type { Change } from "../release-plan.ts";

/** What became of a name, with what else is called after it. */
interface Renaming {
  readonly change: Change;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * Makes one change of what has one cause: with an operation or a schema go the functions, parameters and lists that are called
 * after it, which a reader need not be told of one by one.
 */
export function joinNames(changes: readonly Change[]): readonly Change[] {
  // The shortest names first: the lists and functions that are called after a schema are no causes.
  const causes = changes
    .flatMap(readRenaming)
    .toSorted((a, b) => (a.from ?? a.to ?? "").length - (b.from ?? b.to ?? "").length);
  const packages = new Map<Change, Set<string>>();
  const kept: Change[] = [];
  for (const change of changes) {
    const cause = causes.find((one) => one.change !== change && isCalledAfter(change, one))?.change;
    if (!cause) {
      kept.push(change);
      continue;
    }
    const known = packages.get(cause) ?? new Set(cause.packages);
    packages.set(cause, known);
    for (const folder of change.packages ?? []) known.add(folder);
  }
  return kept.map((change) => {
    const all = packages.get(change);
    return all ? { ...change, packages: [...all] } : change;
  });
}

function readRenaming(change: Change): readonly Renaming[] {
  const [isCause, , verb] =
    /^types-(?:(operation|export)-(added|removed|renamed)|(value)-(renamed))$/u.exec(change.id) ??
    [];
  const [from, to] = [...change.what.matchAll(/`([^`]+)`/gu)].map(([, name = ""]) =>
    // An operation without an id is called after its method and path.
    /\W/u.test(name) ? camelCase(name) : name,
  );
  if (isCause === undefined || from === undefined) return [];
  return [verb === "added" ? { change, from: undefined, to: from } : { change, from, to }];
}

/** Whether a change is about a name, or a value of a list, that is made of the one that went or came with its cause. */
function isCalledAfter(
  { id, where, what }: Change,
  { change: cause, from, to }: Renaming,
): boolean {
  const [, kind, verb] =
    /^types-(export|value|known-value|response-property|request-property)-(added|removed|renamed)$/u.exec(
      id,
    ) ?? [];
  if (kind === undefined) return false;
  // A property is called after an operation where it is a method of an interface.
  if (kind.endsWith("property") && !cause.id.startsWith("types-operation")) return false;
  const stem = verb === "added" ? to : from;
  if (stem === undefined || stem.length < 3) return false;
  const text = kind === "known-value" ? what : where;
  const name = escape(stem.slice(1));
  const [small, capital] = [stem.slice(0, 1).toLowerCase(), stem.slice(0, 1).toUpperCase()];
  return new RegExp(
    `(?:\\b[${small}${capital}]|(?<=[a-z])${capital})${name}(?=\\b|[A-Z])`,
    "u",
  ).test(text);
}

function escape(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/]/gu, "\\$&");
}
