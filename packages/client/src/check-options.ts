import { checkNumber, refuse, refuseNamed } from "./refuse.ts";

/** What an option has to be: a number of so many or more, of a type that a text names, or an object with the methods of a list. */
type OptionRule = number | string | readonly string[];

/** The options that there are, by their names. Those of an object follow it: `retry`, `retry.maxRetries`. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/** A rule for each option of a type: the compiler finds one that is missing. */
export type RulesOf<Options, Prefix extends string = ""> = Readonly<
  Record<`${Prefix}${Extract<keyof Options, string>}`, OptionRule>
>;

/**
 * Refuses what is not an object of options, options that there are not, and values of a wrong type.
 *
 * @throws InvalidParameterError
 */
export function checkOptions(options: unknown, rules: OptionRules, prefix = ""): void {
  if (!isRecord(options)) refuseNamed("options", "has to be an object");
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const option = prefix + name;
    const rule = Object.hasOwn(rules, option) ? rules[option] : undefined;
    if (rule === undefined) refuseUnknown(option, rules);
    checkOption(option, value, rule);
    const isGroup = Object.keys(rules).some((known) => known.startsWith(`${option}.`));
    if (isGroup && typeof value === "object") checkOptions(value, rules, `${option}.`);
  }
}

/** Refuses a value that is not as the rule says. @throws InvalidParameterError */
export function checkOption(name: string, value: unknown, rule: OptionRule): void {
  if (typeof rule === "number") {
    checkNumber(name, value, rule);
  } else if (typeof rule === "string") {
    const isOfType = rule.includes(typeof value) || (value === false && rule.includes("false"));
    const isOther = typeof value === "object" && !isRecord(value) && !rule.includes("pairs");
    if (!isOfType || isOther) refuseNamed(name, `has to be ${rule}`);
  } else {
    const missing = rule.find((method) => typeof Object(value)[method] !== "function");
    if (missing !== undefined) refuseNamed(name, `has no method \`${missing}\``);
  }
}

/** Whether a value is an object of names, also one of a class or a module, and no array, `Map`, `Date` or promise. */
export function isRecord(value: unknown): value is object {
  return /^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value));
}

/** How alike a name has to be to be suggested: 1 is the same name in another case. */
const leastLikeness = 0.4;

function refuseUnknown(name: string, rules: OptionRules): never {
  let best = leastLikeness;
  let suggestion = "";
  for (const known of Object.keys(rules)) {
    const likeness = likenessOf(name, known);
    if (likeness <= best) continue;
    best = likeness;
    suggestion = ` Did you mean \`${known}\`?`;
  }
  refuse(name, `Unknown option \`${name}\`.${suggestion}`);
}

/** Which part of their pairs of letters two names have in common, as Sørensen and Dice measure it. */
function likenessOf(one: string, other: string): number {
  const pairs = pairsOf(one);
  const others = pairsOf(other);
  const both = pairs.filter((pair) => others.includes(pair));
  return (2 * both.length) / (pairs.length + others.length);
}

function pairsOf(name: string): readonly string[] {
  const letters = name.slice(name.indexOf(".") + 1).toLowerCase();
  return Array.from(letters.slice(1), (letter, index) => letters[index] + letter);
}
