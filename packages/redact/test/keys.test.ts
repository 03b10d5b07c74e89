import { describe, expect, it } from "vitest";
import { createRedactor } from "../src/index.ts";

const key = "q_sk_test_4f8a1c7d9e2b";

describe("a short key", () => {
  const { text } = createRedactor({ keys: ["test"] });

  it.each([
    ["test", "[redacted]"],
    ["TEST", "[redacted]"],
    ['{"key":"test"}', '{"key":"[redacted]"}'],
    [String.raw`{\"key\":\"t\u0065st\"}`, String.raw`{\"key\":\"[redacted]\"}`],
    ["?a=test&b=%74est&c=tests", "?a=[redacted]&b=[redacted]&c=tests"],
    ["'test', `test`", "'[redacted]', `[redacted]`"],
    [
      "GET /test-path/ answered 404: a test failed.",
      "GET /test-path/ answered 404: a test failed.",
    ],
    ["/test/latest", "/test/latest"],
    ["tests", "tests"],
  ])("is taken out of %s where it is a whole value: %s", (before, after) => {
    expect(text(before)).toBe(after);
  });

  it("is also one that is short when it is decoded", () => {
    const odd = createRedactor({ keys: ["%61%62%63"] });
    expect(odd.text("alphabet abc %61%62%63")).toBe("alphabet abc [redacted]");
  });
});

describe("what is shown in place of a key", () => {
  it("is its label, by the form that is closest", () => {
    const { text } = createRedactor({
      label: "[key]",
      keys: [
        [key, "$KEY"],
        [key.toUpperCase(), "$KEY in the other case"],
        [key.slice(1), "$KEY without its beginning"],
        [Buffer.from(key).toString("base64"), "base64($KEY)"],
        "q_sk_another_key",
      ],
    });
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
  it("are those of the options, and the last ones that were added", () => {
    const redactor = createRedactor({ keys: [key] });
    expect(redactor.text(keyOf(0))).toBe(keyOf(0));
    for (let index = 0; index < 1000; index += 1) redactor.add(keyOf(index));
    expect(redactor.text(keyOf(991))).toBe(keyOf(991));
    for (let index = 992; index < 1000; index += 1)
      expect(redactor.text(keyOf(index))).toBe("[redacted]");
    expect(redactor.text(key)).toBe("[redacted]");
  });

  it("keep one that is added again", () => {
    const redactor = createRedactor({ maxAddedKeys: 2 });
    for (const index of [1, 2, 1, 3]) redactor.add(keyOf(index), `key ${index}`);
    expect([1, 2, 3].map((index) => redactor.text(keyOf(index)))).toEqual([
      "key 1",
      keyOf(2),
      "key 3",
    ]);
  });

  it("may be none, and an empty one is none", () => {
    const redactor = createRedactor({ keys: [""] });
    redactor.add("");
    expect(redactor.text("a b")).toBe("a b");
    expect(redactor.text("")).toBe("");
  });
});
