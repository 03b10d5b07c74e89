/** What lies deeper is not shown. */
const maxDepth = 64;

/** The part of a redactor that walks values. */
interface ValueRedaction {
  readonly value: <Value>(value: Value) => Value;
  readonly cause: <Value>(cause: Value) => Value;
}

/** Makes the redaction of values from that of strings, which may be a key, and of names, which hardly are. */
export function createValueRedaction(
  redactString: (text: string) => string,
  redactName: (name: string) => string,
): ValueRedaction {
  function redactValue<Value>(value: Value, keepsSame: boolean): Value {
    /** Copies by their originals, which may refer to themselves. */
    const copies = new Map<unknown, unknown>();
    let isSame = true;

    function noting(original: string, redacted: string): string {
      isSame &&= redacted === original;
      return redacted;
    }

    function copyOf(part: unknown, depth: number): unknown {
      if (typeof part === "string") return noting(part, redactString(part));
      if (typeof part !== "object" || part === null) return part;
      if (copies.has(part)) return copies.get(part);
      try {
        const copy = depth < maxDepth && emptyCopyOf(part);
        if (copy) {
          copies.set(part, copy);
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the copy was made for
          if (copy instanceof Headers) copyHeaders(part as Headers, copy);
          else copyProperties(part, copy, depth + 1);
          return copy;
        }
        isSame = false;
        return redactName(Object.prototype.toString.call(part));
      } catch {
        isSame = false;
        return "[unreadable]";
      }
    }

    function copyHeaders(from: Headers, to: Headers): void {
      from.forEach((text, name) => {
        if (noting(name, redactName(name)) === name)
          to.append(name, noting(text, redactString(text)));
      });
    }

    function copyProperties(from: object, to: object, depth: number): void {
      const names = new Set(Reflect.ownKeys(from));
      // What an error has from its class.
      if (to instanceof Error) names.add("name").add("message").add("stack");
      for (const name of names) {
        const descriptor = Object.getOwnPropertyDescriptor(from, name);
        // A getter may say something else the next time. For the stack, engines have one of their own.
        if (descriptor?.get && name !== "stack") isSame = false;
        Object.defineProperty(
          to,
          typeof name === "string" ? noting(name, redactName(name)) : name,
          {
            value: copyOf(Reflect.get(from, name), depth),
            enumerable: descriptor?.enumerable ?? false,
            writable: true,
            // As the length of an array is.
            configurable: name !== "length",
          },
        );
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
  if (value instanceof Error) return new Error();
  if (value instanceof Headers) return new Headers();
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also that of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null ? {} : undefined;
}
