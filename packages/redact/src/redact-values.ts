import type { Redactor } from "./create-redactor.ts";

/** What lies deeper is not shown. */
const maxDepth = 64;

/** A copy that is being made. */
interface Copying {
  /** Copies by their originals, which may refer to themselves. */
  readonly copies: Map<object, unknown>;
  /** Whether the copy says what the original says. */
  isSame: boolean;
}

/** Makes the redaction of values from that of texts. */
export function createValueRedaction(
  redact: (text: string, isName: boolean) => string,
): Pick<Redactor, "value" | "error"> {
  /** Objects without a key in them, because they were made or gone through here. */
  const clean = new WeakSet();

  function describe(description: string, copying: Copying): string {
    copying.isSame = false;
    return redact(description, false);
  }

  function textOf(text: string, copying: Copying, isName: boolean): string {
    const redacted = redact(text, isName);
    if (redacted !== text) copying.isSame = false;
    return redacted;
  }

  function copyOf(value: unknown, copying: Copying, depth: number): unknown {
    if (typeof value === "string") return textOf(value, copying, false);
    if (typeof value !== "object" || value === null || clean.has(value)) return value;
    if (copying.copies.has(value)) return copying.copies.get(value);
    try {
      if (depth === 0) return describe("[too deep]", copying);
      const copy = emptyCopyOf(value);
      // oxlint-disable-next-line typescript/no-base-to-string -- its tag says what it is
      if (copy === undefined) return describe(String(value), copying);
      copying.copies.set(value, copy);
      clean.add(copy);
      if (value instanceof Headers && copy instanceof Headers) copyHeaders(value, copy, copying);
      else copyProperties(value, copy, copying, depth - 1);
      return copy;
    } catch {
      return describe("[unreadable]", copying);
    }
  }

  function copyHeaders(from: Headers, to: Headers, copying: Copying): void {
    from.forEach((value, name) => {
      if (textOf(name, copying, true) === name) to.append(name, textOf(value, copying, false));
    });
  }

  /** With an object as its own copy, what is clean in it stays as it is. */
  function copyProperties(from: object, to: object, copying: Copying, depth: number): void {
    for (const name of namesIn(from)) {
      const part = from === to ? { copies: new Map(), isSame: true } : copying;
      const descriptor = Object.getOwnPropertyDescriptor(from, name);
      // A getter may say something else the next time. For the stack, engines have one of their own.
      if (descriptor?.get !== undefined && name !== "stack") part.isSame = false;
      const text = textOf(String(name), part, true);
      const value = copyOf(read(from, name, part), part, depth);
      if (from === to && part.isSame) continue;
      if (text !== String(name)) {
        if (from === to) Reflect.deleteProperty(from, name);
        if (typeof name === "symbol") continue;
      }
      Object.defineProperty(to, typeof name === "symbol" ? name : text, {
        value,
        enumerable: descriptor?.enumerable ?? false,
        writable: true,
        configurable: !Array.isArray(to) || name !== "length",
      });
    }
  }

  function read(from: object, name: PropertyKey, copying: Copying): unknown {
    try {
      return Reflect.get(from, name);
    } catch {
      return describe("[unreadable]", copying);
    }
  }

  function copyValue<Value>(value: Value): Value {
    const copy = copyOf(value, { copies: new Map(), isSame: true }, maxDepth);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the copy has the shape of the original, as far as types say it
    return copy as Value;
  }

  return {
    value: copyValue,
    error(error) {
      try {
        if (!(error instanceof Error)) return copyValue(error);
        clean.add(error);
        copyProperties(error, error, { copies: new Map(), isSame: true }, maxDepth);
        return error;
      } catch {
        clean.delete(error);
        return copyValue(error);
      }
    },
  };
}

/** An object to copy the parts of another one into; undefined where not all of its parts can be seen. */
function emptyCopyOf(value: object): object | undefined {
  if (Array.isArray(value)) return [];
  if (value instanceof Error) return new Error();
  if (value instanceof Headers) return new Headers();
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also that of another realm.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain ? {} : undefined;
}

/** The names of an object's properties; with those that an error has from its class. */
function namesIn(value: object): Iterable<string | symbol> {
  const names = new Set(Reflect.ownKeys(value));
  return value instanceof Error ? names.add("name").add("message").add("stack") : names;
}
