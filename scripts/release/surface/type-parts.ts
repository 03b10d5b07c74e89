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
  for (const member of all) {
    if (member.isStringLiteral() || member.isNumberLiteral()) {
      literals.add(JSON.stringify(member.value));
    } else if (!(member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined))) members.push(member);
  }
  // `string & {}` without literals is an ordinary member.
  const isOpen = literals.size > 0 && members.some(isOpenString);
  return {
    isNull: all.some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0),
    isUndefined: all.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0),
    isOpen,
    literals,
    members: isOpen ? members.filter((member) => !isOpenString(member)) : members,
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

/** The properties of a type; an optional one of type `never` is how generated types say that there is nothing. */
export function presentProperties(
  type: ts.Type | undefined,
  checker: ts.TypeChecker,
): ReadonlyMap<string, ts.Symbol> {
  const properties = type === undefined || isNever(type) ? [] : checker.getPropertiesOfType(type);
  const isNothing = (property: ts.Symbol): boolean => {
    const { members, literals, isNull } = typeParts(checker.getTypeOfSymbol(property));
    return !isNull && literals.size === 0 && members.every(isNever);
  };
  const present = properties.filter((property) => !(isOptional(property) && isNothing(property)));
  return new Map(present.map((property) => [nameOf(property), property]));
}

/** A property's name; that of a unique symbol is the symbol's, as it is another one in each version. */
function nameOf(property: ts.Symbol): string {
  return property.getName().replace(/^__@(.*)@\d+$/u, "[$1]");
}

/** Whether each of two types can stand for the other. */
export function isSame(one: ts.Type, other: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.isTypeAssignableTo(one, other) && checker.isTypeAssignableTo(other, one);
}
