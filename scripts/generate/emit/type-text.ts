/** A type as text; `and` and `or` say that it is put together, and may need parentheses. */
export interface TypeText {
  readonly text: string;
  readonly joint?: "and" | "or";
}

export const unknownType: TypeText = { text: "unknown" };
export const neverType: TypeText = { text: "never" };

/** `A | B`, each once. */
export function unionOf(types: readonly TypeText[]): TypeText {
  const members = distinct(types).filter(({ text }) => text !== "never");
  if (members.some(({ text }) => text === "unknown")) return unknownType;
  const [only, ...others] = members;
  if (only === undefined) return neverType;
  if (others.length === 0) return only;
  return { text: members.map(({ text }) => text).join(" | "), joint: "or" };
}

/** `A & B`, each once. */
export function intersectionOf(types: readonly TypeText[]): TypeText {
  const members = distinct(types).filter(({ text }) => text !== "unknown");
  if (members.some(({ text }) => text === "never")) return neverType;
  const [only, ...others] = members;
  if (only === undefined) return unknownType;
  if (others.length === 0) return only;
  const texts = members.map((type) => (type.joint === "or" ? `(${type.text})` : type.text));
  return { text: texts.join(" & "), joint: "and" };
}

/** `A[]`. */
export function arrayOf(item: TypeText): TypeText {
  return { text: item.joint === undefined ? `${item.text}[]` : `(${item.text})[]` };
}

/** Each line after the first two blanks further in. */
export function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

function distinct(types: readonly TypeText[]): readonly TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}
