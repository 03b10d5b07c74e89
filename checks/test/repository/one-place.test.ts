import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryFiles } from "@qontext/sync-log-test-support/repository-files";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** What gives away that a concept is written down, and the files that may. */
const places: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ["the escapes of JSON pointers", /"~1", "\/"/u, ["packages/document/src/split-pointer.ts"]],
  ["the media types of JSON", /\\\+json/u, ["packages/document/src/json.ts"]],
  [
    "Ajv",
    /\bnew Ajv/u,
    [
      "packages/document/src/schemas/schema-registry.ts",
      "scripts/generate/emit/schema-compiler.ts",
    ],
  ],
  ["the law of waiting", /function decidePoll\b/u, ["packages/client/src/wait/decide-poll.ts"]],
  [
    "the statuses that are retried",
    /\b408, 425, 429\b.*\]/u,
    ["packages/client/src/retry/decide-retry.ts"],
  ],
  [
    "how the encodings of a key are undone",
    /String\.fromCharCode(?:\((?:\.\.\.|code)|,)/u,
    ["packages/redact/src/decode-text.ts"],
  ],
];

const sources = repositoryFiles().filter((file) =>
  /^(?:packages\/[^/]+\/src|scripts\/(?!test\/)|docs\/src)\b.*\.ts$/u.test(file),
);

test.each(places)("only these files know %s", (_what, sign, files) => {
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.filter((file) =>
    sign.test(readFileSync(join(workspaceRoot, file), "utf8")),
  );
  expect(found.toSorted()).toEqual(files);
});
