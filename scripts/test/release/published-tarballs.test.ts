import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, test } from "vitest";
import { readPackedReleases } from "../../release/publish/packed-release.ts";
import { publishReleases } from "../../release/publish/publish-releases.ts";

const hash = (algorithm: string, text: string): string =>
  `${algorithm}-${createHash(algorithm).update(text).digest("base64")}`;
const release = (name: string, integrity = hash("sha256", name)) => ({
  kind: "publish",
  name: `@scratch/${name}`,
  version: "1.0.0",
  access: "public",
  tag: "latest",
  tarball: { path: `packages/${name}.tgz`, integrity },
});
const plan = JSON.stringify({ version: 1, plan: [[release("schema")], [release("client")]] });

/** Publishes two packages into a registry that has some; `change` comes between the packing and the publishing. */
function publish(
  change: (folder: string) => void = () => {},
  registry: Readonly<Record<string, string>> = {},
  failing?: string,
) {
  using scratch = scratchFolder({
    "packages/schema.tgz": "schema",
    "packages/client.tgz": "client",
  });
  change(scratch.path);
  const lines: string[] = [];
  const published: string[] = [];
  const isPublished = publishReleases(scratch.path, readPackedReleases(plan), {
    write: (line) => lines.push(line),
    npm: ([verb, what = "", ...options]) => {
      if (verb === "view") {
        const found = registry[what];
        return { code: found === undefined ? 1 : 0, stdout: found ? JSON.stringify(found) : "" };
      }
      const name = what.split("/").at(-1) ?? "";
      if (name === failing) return { code: 1, stdout: "" };
      published.push([name, ...options].join(" "));
      return { code: 0, stdout: "" };
    },
  });
  return { isPublished, published, lines };
}

describe("the tarballs of a release", () => {
  test("are published in the order of their dependencies, without their scripts", () => {
    expect(publish()).toMatchObject({
      isPublished: true,
      published: [
        "schema.tgz --ignore-scripts --access public --tag latest",
        "client.tgz --ignore-scripts --access public --tag latest",
      ],
    });
  });

  test.each<readonly [string, (folder: string) => void, string]>([
    [
      "one was changed",
      (folder) => writeFileSync(join(folder, "packages/client.tgz"), "client, and more"),
      "packages/client.tgz is not the tarball that was packed: its SHA-256 differs.",
    ],
    [
      "one is missing",
      (folder) => rmSync(join(folder, "packages/client.tgz")),
      "packages/client.tgz is missing.",
    ],
    [
      "one more is there",
      (folder) => writeFileSync(join(folder, "packages/other.tgz"), "other"),
      "packages/other.tgz was not packed.",
    ],
  ])("are all refused when %s", (_, change, problem) => {
    expect(publish(change)).toEqual({
      isPublished: false,
      published: [],
      lines: [problem, "Nothing was published."],
    });
  });

  test("that are published already stay, so that a run can be repeated", () => {
    const registry = { "@scratch/schema@1.0.0": hash("sha512", "schema") };
    expect(publish(undefined, registry)).toMatchObject({
      isPublished: true,
      published: ["client.tgz --ignore-scripts --access public --tag latest"],
    });
  });

  test("are not published beside a version that has other contents", () => {
    const registry = { "@scratch/schema@1.0.0": hash("sha512", "somebody else's") };
    expect(publish(undefined, registry)).toEqual({
      isPublished: false,
      published: [],
      lines: [
        "@scratch/schema@1.0.0 is published already, with other contents: raise the version.",
      ],
    });
  });

  test("stop at the first that the registry refuses", () => {
    expect(publish(undefined, {}, "schema.tgz")).toMatchObject({
      isPublished: false,
      published: [],
    });
  });

  test.each([
    ["no plan", {}],
    ["another version of the format", { version: 2, plan: [] }],
    [
      "a path out of the folder",
      {
        version: 1,
        plan: [
          [{ ...release("a"), tarball: { path: "../a.tgz", integrity: hash("sha256", "a") } }],
        ],
      },
    ],
    ["a weak hash", { version: 1, plan: [[release("a", hash("sha1", "a"))]] }],
    ["no tarball", { version: 1, plan: [[{ name: "a", version: "1.0.0" }]] }],
  ])("are not read from %s", (_, file) => {
    expect(() => readPackedReleases(JSON.stringify(file))).toThrow(TypeError);
  });
});
