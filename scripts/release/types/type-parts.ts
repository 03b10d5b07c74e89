import ts from "typescript";

/** A type taken apart into what a comparison handles differently. */
export interface TypeParts {
  readonly isNull: boolean;
  readonly isUndefined: boolean;
  /** Whether it admits values beside its literals, as `"a" | (string & {})` does. */
  readonly isOpen: boolean;
  /** The literals, as JSON. */
  readonly literals: ReadonlySet<string>;
  /** The members that are neither null, undefined, literals nor what makes the literals open. */
  readonly members: readonly ts.Type[];
}

export function typeParts(type: ts.Type): TypeParts {
  const all = type.isUnion() ? type.types : [type];
  const literals = new Set<string>();
  const members: ts.Type[] = [];
  const open: ts.Type[] = [];
  let isNull = false;
  let isUndefined = false;
  for (const member of all) {
    if (member.flags & ts.TypeFlags.Null) isNull = true;
    else if (member.flags & ts.TypeFlags.Undefined) isUndefined = true;
    else if (member.isStringLiteral() || member.isNumberLiteral())
      literals.add(JSON.stringify(member.value));
    else if (isOpenString(member)) open.push(member);
    else members.push(member);
  }
  // `string & {}` without literals is an ordinary member.
  const isOpen = open.length > 0 && literals.size > 0;
  return {
    isNull,
    isUndefined,
    isOpen,
    literals,
    members: isOpen ? members : [...members, ...open],
  };
}

/** `string & {}`, or `string & Record<never, never>`: how generated types admit literals that have no name yet. */
function isOpenString(type: ts.Type): boolean {
  if (!type.isIntersection()) return false;
  const primitive = type.types.filter(
    (part) => part.flags & (ts.TypeFlags.String | ts.TypeFlags.Number),
  );
  const rest = type.types.filter((part) => !primitive.includes(part));
  return primitive.length === 1 && rest.every((part) => part.getProperties().length === 0);
}

export function isNever(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Never) !== 0;
}

/** Whether it is an object with properties or an index signature: no array, no function. */
export function isRecord(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (isNever(type)) return false;
  if (checker.isArrayLikeType(type) || type.getCallSignatures().length > 0) return false;
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
}

export function isOptional(property: ts.Symbol): boolean {
  return (property.flags & ts.SymbolFlags.Optional) !== 0;
}
