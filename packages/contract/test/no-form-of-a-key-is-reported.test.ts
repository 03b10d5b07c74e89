import { expect, test } from "vitest";
import { curlLine } from "../src/report/curl-line.ts";
import { redactAll, secretsOf } from "../src/report/redact.ts";

const key = 'q_sk_odd+/"key"=';
const secrets = secretsOf({ own: key }, 0);
const forms = [
  key,
  encodeURIComponent(key).toLowerCase(),
  JSON.stringify(JSON.stringify(key)).slice(3, -3),
  key.toUpperCase(),
  Buffer.from(`user:${key}`).toString("base64"),
  Buffer.from(key).toString("base64"),
  Buffer.from(key).toString("hex"),
  key.replaceAll('"', "&quot;"),
];

test.each(forms)("a report has no %s", (form) => {
  const report = redactAll({ violations: [{ actual: `a ${form} b`, [form]: 12 }] }, secrets);
  expect(JSON.stringify(report)).not.toContain(JSON.stringify(form).slice(1, -1));
  expect(Object.values(report.violations[0] ?? {})).toContain(12);
});

test.each(forms)("a curl line has no %s", (form) => {
  const request = {
    method: "GET",
    target: `/?a=${form}`,
    headers: [["x-note", `a ${form}`]],
  } as const;
  const line = curlLine(new URL("http://127.0.0.1"), request, secrets);
  expect(line).not.toContain(form);
  expect(line).toContain("$QONTEXT_API_KEY");
});

test("what is close to a key has a label of its own", () => {
  const texts = [key, key.slice(1), key.toUpperCase(), Buffer.from(key).toString("base64")];
  expect(redactAll(texts, secrets)).toEqual([
    "$QONTEXT_API_KEY",
    "$QONTEXT_API_KEY without its beginning",
    "$QONTEXT_API_KEY in the other case",
    "base64($QONTEXT_API_KEY)",
  ]);
});
