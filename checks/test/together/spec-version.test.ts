import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as cli from "@qontext/sync-log-cli";
import * as client from "@qontext/sync-log-client";
import * as contract from "@qontext/sync-log-contract";
import * as mock from "@qontext/sync-log-mock";
import * as schema from "@qontext/sync-log-schema";
import { expect, test } from "vitest";

const { resolve } = createRequire(import.meta.url);

test.each([
  ["schema", schema],
  ["client", client],
  ["mock", mock],
  ["contract", contract],
  ["cli", cli],
])(
  "%s says which document it was made of, in its manifest and as an export",
  (folder, exported) => {
    const manifest = readFileSync(resolve(`@qontext/sync-log-${folder}/package.json`), "utf8");
    const { specVersion: version, specSha256: sha256 } = exported;
    expect(JSON.parse(manifest).openapi).toEqual({ version, sha256 });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
  },
);
