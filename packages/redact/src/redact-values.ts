/** Takes keys out of values. */
export interface ValueRedaction {
  /**
   * A copy of a value without the keys in its strings and property names; everything else in it stays.
   * Plain objects, arrays, errors and `Headers` are copied, any other object becomes a description of it.
   * A header whose name has a key in it is left out.
   */
  readonly value: <Value>(value: Value) => Value;
  /** What caused an error: the value itself where it has no key in it, so that it stays what it is; else as `value`. */
  readonly cause: <Value>(cause: Value) => Value;
}

/** What lies deeper is not shown. */
const maxDepth = 64;

/** Makes the redaction of values from that of strings, which may be a key, and of names, which hardly are. */
export function createValueRedaction(
  redactString: (text: string) => string,
  redactName: (name: string) => string,
): ValueRedaction {
  function redactValue<Value>(value: Value, keepsSame: boolean): Value {
    /** Copies by their originals, which may refer to themselves. */
    const copies = new Map<unknown, object>();
    let isSame = true;

    function replace(original: unknown, text: string): string {
      isSame &&= text === original;
      return text;
    }

    /** Itself where there is no key in it; of a symbol else its description. */
    function copyOfName(name: string | symbol): string | symbol {
      const text = String(name);
      const clean = replace(text, redactName(text));
      return clean === text ? name : clean;
    }

    function copyOf(part: unknown, depth: number): unknown {
      if (typeof part === "string") return replace(part, redactString(part));
      if (typeof part === "symbol") return copyOfName(part);
      const isObject = typeof part === "object" || typeof part === "function";
      if (!isObject || part === null || copies.has(part)) return copies.get(part) ?? part;
      try {
        const copy = depth < maxDepth && emptyCopyOf(part);
        if (!copy) return replace(part, redactName(Object.prototype.toString.call(part)));
        copies.set(part, copy);
        if (copy instanceof Headers) {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- which is what only Headers are copied to
          (part as Headers).forEach((text, name) => {
            if (copyOfName(name) !== name) return;
            copy.append(name, replace(text, redactString(text)));
          });
        } else if (Array.isArray(part) && Array.isArray(copy) && isDense(part)) {
          copyItems(part, copy, depth + 1);
        } else {
          copyProperties(part, copy, depth + 1);
        }
        return copy;
      } catch {
        return replace(part, "[unreadable]");
      }
    }

    /** By their numbers: by their names, a million items would take seconds. */
    function copyItems(from: readonly unknown[], to: unknown[], depth: number): void {
      for (let at = 0; at < from.length; at += 1) {
        if (keepsSame && Object.getOwnPropertyDescriptor(from, at)?.get) isSame = false;
        to.push(copyOf(from[at], depth));
      }
    }

    function copyProperties(from: object, to: object, depth: number): void {
      const names = Reflect.ownKeys(from);
      // What an error has from its class.
      const inherited = to instanceof Error ? ["name", "message", "stack"] : [];
      names.push(...inherited.filter((name) => !names.includes(name)));
      for (const name of names) {
        const descriptor = Object.getOwnPropertyDescriptor(from, name);
        // A getter may say something else the next time. For the stack, engines have one of their own.
        if (descriptor?.get && name !== "stack") isSame = false;
        Object.defineProperty(to, copyOfName(name), {
          value: copyOf(Reflect.get(from, name), depth),
          enumerable: descriptor?.enumerable ?? false,
          writable: true,
          // As the length of an array is.
          configurable: name !== "length",
        });
      }
    }

    const copy = copyOf(value, 0);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the copy has the shape of the original, as far as types say it
    return keepsSame && isSame ? value : (copy as Value);
  }

  return {
    value: (value) => redactValue(value, false),
    cause: (cause) => redactValue(cause, true),
  };
}

/** An object to copy the parts of another one into; undefined where not all of its parts can be seen. */
function emptyCopyOf(value: object): object | undefined {
  if (Array.isArray(value)) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also that of another realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return {};
  // Those of another realm, as Node's are for tests under Jest, are no instance of this one's classes.
  const tag = Object.prototype.toString.call(value);
  if (value instanceof Error || tag === "[object Error]") return new Error();
  return tag === "[object Headers]" ? new Headers() : undefined;
}

/** Whether an array has its items, as the arrays of JSON do, and no other property. */
function isDense(array: readonly unknown[]): boolean {
  return (
    Object.keys(array).length === array.length && Object.getOwnPropertySymbols(array).length === 0
  );
}
