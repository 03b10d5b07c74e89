import type { Report } from "./problem.ts";

/** Words that no `const` or `type` can be named in a strict ES module, and globals that a type would shadow. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments as async await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for from function get if implements import in instanceof interface let new null of package private " +
    "protected public return set static super switch this throw true try type typeof undefined var void while with yield " +
    "any bigint boolean never number object string symbol unknown"
  ).split(" "),
);

const shadowedGlobals: ReadonlySet<string> = new Set(
  (
    "AbortController AbortSignal AggregateError Array ArrayBuffer AsyncIterable AsyncIterator Awaited BigInt Blob Boolean " +
    "DataView Date Error Event EventTarget Exclude Extract File FormData Function Generator Headers Infinity Intl Iterable " +
    "Iterator JSON Map Math NaN NonNullable Number Object Omit Parameters Partial Pick Promise PropertyKey Proxy Readonly " +
    "ReadonlyArray Record Reflect RegExp Request Required Response ReturnType Set String Symbol TypeError URL " +
    "URLSearchParams Uint8Array WeakMap WeakRef WeakSet"
  ).split(" "),
);

/** The words of a name: `fooBar-baz 2` → `foo`, `Bar`, `baz`, `2`. What no identifier can hold separates them. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(?<lower>[\p{Ll}\d])(?<upper>\p{Lu})/gu, "$<lower> $<upper>")
    .split(/[^\p{ID_Continue}]+|_+|\$+/u)
    .filter((word) => word !== "");
}

function capitalize(word: string): string {
  return word.replace(/^./u, (first) => first.toUpperCase());
}

/** `sync_log-status` → `SyncLogStatus`; a leading digit gets an underscore, and so does a name without any letter. */
export function pascalCase(...names: readonly string[]): string {
  const name = names.flatMap(wordsOf).map(capitalize).join("");
  return /^\p{ID_Start}/u.test(name) ? name : `_${name}`;
}

/** `SyncLogStatus` → `syncLogStatus`. */
export function camelCase(...names: readonly string[]): string {
  return pascalCase(...names).replace(/^\p{Lu}+(?=\p{Lu}\p{Ll}|$|[\d_])|^\p{Lu}/u, (head) =>
    head.toLowerCase(),
  );
}

/** Whether `object.name` and `const name` may be written as they are. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) && !reservedWords.has(name);
}

/** A key of an object literal or type, in quotes where it needs them. `__proto__` would set the prototype. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Gives every exported thing a name of its own. */
export interface NameRegistry {
  /**
   * A free name: the wanted one, with the suffix `Schema` if a global has that name, or a number if it is taken.
   *
   * @param pointer - Where a warning says that the wanted name could not be had; without one it is not said.
   * @param exportsOf - The exports that come with a name; all of them must be free.
   */
  claim(wanted: string, pointer?: string, exportsOf?: (name: string) => readonly string[]): string;
}

/** @param taken - Names that the generated modules have anyway. */
export function createNameRegistry(taken: readonly string[], report: Report): NameRegistry {
  const used = new Set(taken);
  return {
    claim: (wanted, pointer, exportsOf = (name) => [name]) => {
      const isShadowing = shadowedGlobals.has(wanted) || reservedWords.has(wanted);
      const base = isShadowing ? `${wanted}Schema` : wanted;
      let name = base;
      for (let count = 2; exportsOf(name).some((made) => used.has(made)); count++) {
        name = `${base}${count}`;
      }
      for (const made of exportsOf(name)) used.add(made);
      if (name !== wanted && pointer !== undefined) {
        const reason = isShadowing ? "is the name of a global" : "is taken";
        const [was, is] = [wanted, name].map((made) => exportsOf(made).join(", "));
        const message = `${was} ${reason}, so this is exported as ${is}.`;
        report({ severity: "warning", ruleId: "name-changed", message, pointer });
      }
      return name;
    },
  };
}
