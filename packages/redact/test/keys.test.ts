import { describe, expect, it } from "vitest";
import { createRedactor } from "../src/index.ts";
import { forms, leaksIn } from "./forms.ts";
import { redactorOf } from "./redactor-of.ts";

const key = "q_sk_test_4f8a1c7d9e2b";

describe("a short key", () => {
  const { text, value } = redactorOf("test");

  it("is taken out where it is a whole value", () => {
    expect(text("test")).toBe("[redacted]");
    expect(value({ a: "test", test: ["test", "tests"] })).toEqual({
      a: "[redacted]",
      test: ["[redacted]", "tests"],
    });
  });

  it.each(["GET /test-path/ answered 404: a test failed.", "/test/latest", "tests", '"test"', ""])(
    "is left in %j, where it may be a word",
    (sentence) => {
      expect(text(sentence)).toBe(sentence);
    },
  );

  it("is also one that is short when it is decoded", () => {
    const odd = redactorOf("%61%62%63");
    expect(odd.text("alphabet abc %61%62%63")).toBe("alphabet abc [redacted]");
  });
});

describe("a key that is short only when it is decoded", () => {
  const odd = String.raw`@H6\>+$-`;
  it.each([odd, String.raw`ab\cd\efg`, "ab%41cde", "a&amp;bcd"])("is taken out: %s", (short) => {
    const { text } = redactorOf(short);
    for (const [name, encode] of forms) {
      const shown = text(`No: ${encode(short)} !`);
      expect([name, shown]).toEqual([name, expect.stringContaining("[redacted]")]);
      expect([name, leaksIn(shown, short)]).toEqual([name, []]);
    }
  });

  it("is not what it is decoded", () => {
    expect(redactorOf(odd).text("@H6>+$- @h6>+$-")).toBe("@H6>+$- @h6>+$-");
  });
});

describe("what is shown in place of a key", () => {
  it("is its label, by the form that is closest", () => {
    const { add, text } = createRedactor({ label: "[key]" });
    add(key, "$KEY");
    add(key.toUpperCase(), "$KEY in the other case");
    add(key.slice(1), "$KEY without its beginning");
    add(Buffer.from(key).toString("base64"), "base64($KEY)");
    add("q_sk_another_key");
    expect(text(`${key} ${key.toUpperCase()} ${key.slice(1)} q_sk_another_key`)).toBe(
      "$KEY $KEY in the other case $KEY without its beginning [key]",
    );
    expect(text(`Basic ${Buffer.from(key).toString("base64")}`)).toBe("Basic base64($KEY)");
    expect(text(JSON.stringify({ key }))).toBe('{"key":"$KEY"}');
    expect(text(key + key)).toBe("$KEY$KEY");
  });
});

const keyOf = (index: number): string => `q_sk_rotated_${index}_`;

describe("the keys that are known", () => {
  it("are those that were added last", () => {
    const { add, text } = createRedactor();
    for (let index = 0; index < 1000; index += 1) add(keyOf(index));
    expect(text(keyOf(991))).toBe(keyOf(991));
    for (let index = 992; index < 1000; index += 1) expect(text(keyOf(index))).toBe("[redacted]");
  });

  it("are all of them where that is asked for", () => {
    const { add, text } = createRedactor({ maxKeys: Infinity });
    for (let index = 0; index < 20; index += 1) add(keyOf(index));
    for (let index = 0; index < 20; index += 1) expect(text(keyOf(index))).toBe("[redacted]");
  });

  it("keep one that is added again", () => {
    const redactor = createRedactor({ maxKeys: 2 });
    for (const index of [1, 2, 1, 3]) redactor.add(keyOf(index), `key ${index}`);
    expect([1, 2, 3].map((index) => redactor.text(keyOf(index)))).toEqual([
      "key 1",
      keyOf(2),
      "key 3",
    ]);
  });

  it("may be missing, and an empty one counts as missing", () => {
    const redactor = redactorOf("");
    redactor.add("");
    expect(redactor.text("a b")).toBe("a b");
    expect(redactor.text("")).toBe("");
  });
});
