import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { VerifyOptions } from "../src/index.ts";
import { loadDocument, verify } from "../src/index.ts";
import { startPrism } from "./start-prism.ts";

const resolve = createRequire(import.meta.url).resolve;

/** What Prism is known not to do: it has no state, compares no key, sends no Allow, and takes " 1" for an integer. All else would be a false alarm. */
const prismDoesNot = new Set([
  "access/absent-resource-served",
  "access/owner-ignored",
  "auth/wrong-key-accepted",
  "auth/existence-revealed",
  "auth/any-of-two-keys-accepted",
  "auth/400-before-401",
  "auth/404-before-401",
  "method/405-without-allow",
  "path/extended-accepted",
  "path/control-character-accepted",
]);

interface AnySpec {
  readonly file: string;
  readonly operations: number;
  readonly options: Partial<VerifyOptions>;
  /** Parameters for which a broken percent-encoding ends the process that Prism runs in. */
  readonly parameters: readonly string[];
}

const specs: readonly AnySpec[] = [
  {
    file: "@readme/oas-examples/3.1/json/train-travel.json",
    operations: 4,
    options: { ignoredFormats: ["iso-country-code", "iso-currency-code", "iso-4217", "html"] },
    parameters: ["bookingId"],
  },
  {
    file: "@readme/oas-examples/3.0/json/uspto.json",
    operations: 2,
    options: { ignoredFormats: ["uriref"] },
    parameters: ["dataset", "version"],
  },
  {
    file: "@readme/oas-examples/3.1/json/petstore.json",
    operations: 8,
    options: {
      params: {
        petId: "1",
        orderId: "1",
        username: "ann",
        password: "secret",
        status: "available",
        tags: "cats",
      },
    },
    parameters: ["petId", "orderId", "username"],
  },
];

test.for(specs)(
  "$file is judged over a mock of it, and nothing is said that is not so",
  async ({ file, operations, options, parameters }) => {
    const document = await loadDocument(resolve(file));
    const prism = await startPrism(resolve(file));
    try {
      const report = await verify({
        baseUrl: prism.url,
        document,
        apiKey: "key_of_nobody_in_particular",
        maxRequests: 280,
        // A value of Accept that cannot be read ends Prism's process too.
        skip: [
          "accept/garbled",
          "random/header",
          ...parameters.flatMap((name) =>
            ["broken-encoding", "overlong", "wide-encoded"].map((value) => `path/${value}-${name}`),
          ),
        ],
        ...options,
      });
      expect(report.notJudged).toEqual([]);
      expect(report.coverage.operations).toHaveLength(operations);
      for (const { statuses } of report.coverage.operations)
        expect(
          statuses.filter(({ count }) => count > 5).map(({ status }) => status),
        ).toContainEqual(expect.stringMatching(/^(?:200|default)$/));
      expect(report.violations.filter(({ check }) => !prismDoesNot.has(check))).toEqual([]);
      expect(report.violations.map(({ check }) => check)).toContain("method/405-without-allow");
    } finally {
      await prism.close();
    }
  },
);

test("a parameter without a value is named, with what to do", async () => {
  const document = await loadDocument(
    resolve("@readme/oas-examples/3.0/json/petstore-expanded.json"),
  );
  await expect(verify({ baseUrl: "http://127.0.0.1:1", document })).rejects.toThrow(
    /find pet by id needs a value for its parameter id: give --param id=…/,
  );
});

test("a format that nobody knows is named, with what to do", async () => {
  const document = await loadDocument(resolve("@readme/oas-examples/3.0/json/uspto.json"));
  await expect(verify({ baseUrl: "http://127.0.0.1:1", document })).rejects.toThrow(
    /the format uriref is not checked.*--ignore-format/,
  );
});
