import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Consumer } from "./support/consumer.ts";
import { createConsumer, install } from "./support/consumer.ts";
import type { CuttingProxy } from "./support/cutting-proxy.ts";
import { startCuttingProxy } from "./support/cutting-proxy.ts";
import type { Registry } from "./support/registry.ts";
import { startRegistry } from "./support/registry.ts";
import type { ScratchRepository } from "./support/scratch-repository.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";
import { createScratchRepository, repositoryIn } from "./support/scratch-repository.ts";
import { tools } from "./support/tools.ts";

const packages = publishedPackages();
const scope = packages[0]?.manifest.name.split("/")[0] ?? "";
const name = (folder: string): string => `${scope}/sync-log-${folder}`;
const scratch = scratchFolder();
const folders = packages.map(({ folder }) => folder);

let registry: Registry;
let proxy: CuttingProxy;
let repository: ScratchRepository;
let pinned: Consumer;
let released = "";
const userConfig = join(scratch.path, "npmrc");

const build = () =>
  repository.run("turbo", "run", "build", "--filter=./packages/*", "--output-logs=errors-only");
const publish = (...args: readonly string[]) => repository.tryTo("changeset", "publish", ...args);
/** As the release workflow does it: tarballs here, and their hashes by another way to a job that has npm alone. */
const packed = join(scratch.path, "packed");
const pack = () => repository.run("changeset", "pack", "--out-dir", packed);
const publishPacked = () =>
  repositoryIn(repository.root, {
    NPM_CONFIG_USERCONFIG: userConfig,
    npm_config_fetch_retries: "0",
    PLAN: readFileSync(join(packed, "publish-plan.json"), "utf8"),
  }).tryTo("node", "scripts/release/publish/main.ts", packed);
const commit = async (message: string): Promise<void> => {
  await repository.git("add", "--all");
  await repository.git("commit", "--quiet", "--message", message);
};
const versionOf = (folder: string): string =>
  JSON.parse(readFileSync(join(repository.root, "packages", folder, "package.json"), "utf8"))
    .version;

beforeAll(async () => {
  registry = await startRegistry(join(scratch.path, "registry"), "@*");
  proxy = await startCuttingProxy(registry.url);
  const hosts = [registry.url, proxy.url].map(
    (url) => `${url.replace("http:", "")}:_authToken=${registry.token}`,
  );
  writeFileSync(
    userConfig,
    [...hosts, `${scope}:registry=${proxy.url}`, `@acme:registry=${proxy.url}`, ""].join("\n"),
  );
  repository = await createScratchRepository(join(scratch.path, "repository"), {
    NPM_CONFIG_USERCONFIG: userConfig,
  });
  await repository.run("npm", "ci", "--prefix", "scripts/release/publish", "--ignore-scripts");
});

afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await registry?.[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

describe("the first release", () => {
  test("raises the versions as the pending changesets say", async () => {
    if (versionOf("schema") === "0.0.0") await repository.run("changeset", "version");
    await commit("Version");
    released = versionOf("schema");
    expect(released).toMatch(/^\d+\.\d+\.\d+$/u);
    expect(released).not.toBe("0.0.0");
    await build();
  });

  test("is packed, and refused when a tarball is not the one that was packed", async () => {
    await pack();
    const [tarball = ""] = readdirSync(join(packed, "packages"));
    appendFileSync(join(packed, "packages", tarball), "more");
    const { code, output } = await publishPacked();
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).toContain(`packages/${tarball} is not the tarball that was packed`);
    for (const folder of folders) expect(await registry.versions(name(folder))).toEqual([]);
    await pack();
  });

  test("that is cut in the middle fails, and leaves what is there already", async () => {
    proxy.allow(2);
    const { code, output } = await publishPacked();
    expect({ code, output }).not.toMatchObject({ code: 0 });
    const there = await Promise.all(folders.map((folder) => registry.versions(name(folder))));
    const thereAlready = there.filter((versions) => versions.length > 0);
    expect(thereAlready).toHaveLength(2);
  });

  test("is repeated without harm, and a third time does nothing", async () => {
    proxy.allow(Number.POSITIVE_INFINITY);
    const second = await publishPacked();
    expect(second).toMatchObject({ code: 0 });
    for (const folder of folders)
      expect(await registry.versions(name(folder))).toEqual([versionOf(folder)]);
    const third = await publishPacked();
    expect(third).toMatchObject({ code: 0 });
    expect(third.output.match(/ is published already\.$/gmu)).toHaveLength(folders.length);
    // The workflow's last job does this by the API of the service.
    for (const folder of folders)
      await repository.git("tag", `${name(folder)}@${versionOf(folder)}`);
  });
});

const example = `
import { createSyncLogClient } from "${name("client")}";
import type { SyncLog } from "${name("schema")}";
export const client = createSyncLogClient({ apiKey: "q_sk_example" });
export const isDone = (log: SyncLog): boolean => log.status === "completed";
`;

const useEsm = `
import { createServer } from "node:http";
import { createSyncLogClient, specVersion } from "${name("client")}";
const log = { id: "sync_123e4567-e89b-12d3-a456-426614174000", status: "completed" };
const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json").end(JSON.stringify(log));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseUrl = "http://127.0.0.1:" + server.address().port;
const client = createSyncLogClient({ apiKey: "q_sk_example", baseUrl });
const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const found = await client.getSyncLog({ workspaceId, id: log.id });
server.close();
server.closeAllConnections?.();
console.log(found.status + " " + specVersion);
`;

describe("a fresh project", () => {
  const projects = new Map<string, Consumer>();
  const projectOf = (manager: string): Consumer => {
    const found = projects.get(manager);
    if (!found) throw new Error(`There is no project installed with ${manager}.`);
    return found;
  };

  beforeAll(async () => {
    const wanted = ["client", "schema", "mock"];
    const dependencies = Object.fromEntries(wanted.map((folder) => [name(folder), released]));
    for (const manager of ["npm", "pnpm"] as const) {
      const dir = join(scratch.path, `consumer-${manager}`);
      projects.set(manager, await createConsumer(dir, manager, registry, scope, dependencies));
    }
    pinned = projectOf("npm");
  });

  describe.each(["npm", "pnpm"])("installed with %s", (manager) => {
    test.each(
      (["5.6", "5.9", "7"] as const).flatMap((version) =>
        (["node16", "bundler"] as const).map((resolution) => [version, resolution] as const),
      ),
    )("compiles with TypeScript %s under %s", async (version, resolution) => {
      const consumer = projectOf(manager);
      consumer.write("example.mts", example);
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: "es2022",
        lib: ["es2023", "dom"],
        module: resolution === "node16" ? "node16" : "esnext",
        moduleResolution: resolution,
        types: [],
      };
      consumer.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["example.mts"] }));
      const compile = consumer.run(process.execPath, tools.tsc[version], "-p", "tsconfig.json");
      await expect(compile).resolves.toBe("");
    });

    test("runs as an ES module, and by require", async () => {
      const consumer = projectOf(manager);
      consumer.write("use.mjs", useEsm);
      expect(await consumer.run("node", "use.mjs")).toMatch(/^completed \d/u);
      const code = `console.log(typeof require("${name("client")}").createSyncLogClient, typeof require("${name("mock")}").startMockServer)`;
      consumer.write("use.cjs", code);
      expect(await consumer.run("node", "use.cjs")).toContain("function function");
    });
  });

  test("builds for the browser with Vite", async () => {
    pinned.write("index.html", '<script type="module" src="/page.js"></script>');
    pinned.write(
      "page.js",
      `import { createSyncLogClient } from "${name("client")}";\nwindow.client = createSyncLogClient;\n`,
    );
    await pinned.run(process.execPath, tools.vite, "build", "--logLevel", "error");
    expect(existsSync(join(pinned.dir, "dist/index.html"))).toBe(true);
  });

  test("runs in Bun", async () => {
    expect(await pinned.run(tools.bun, "run", "use.mjs")).toMatch(/^completed \d/u);
  });

  test("runs in Deno", async () => {
    const flags = [
      "--allow-net=127.0.0.1",
      "--allow-env",
      "--allow-read",
      "--node-modules-dir=manual",
      "--no-remote",
    ];
    expect(await pinned.run(tools.deno, "run", ...flags, "use.mjs")).toMatch(/completed \d/u);
  });
});

describe("a second release, with a breaking change of the document", () => {
  test("is refused as a minor", async () => {
    const file = join(repository.root, "specs/openapi.yaml");
    const text = readFileSync(file, "utf8");
    const changed = text.replace(/^ {8}"429":\n(?: {10}.*\n)+/mu, "");
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    await repository.run("pnpm", "generate");
    const releases = folders.map((folder) => `"${name(folder)}": minor`).join("\n");
    writeFileSync(
      join(repository.root, ".changeset/too-low.md"),
      `---\n${releases}\n---\n\nAn error status goes.\n`,
    );
    const { code, output } = await repository.tryTo("pnpm", "release:check");
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).toMatch(/^@.* need a major release, but only a minor is pending/mu);
    expect(output).toContain(name("schema"));
    expect(output).toContain("the response 429 is removed");
  });

  test("goes out as a major once it is drafted as one", async () => {
    await repository.run("pnpm", "release:draft");
    expect((await repository.run("pnpm", "release:check")).code).toBe(0);
    await repository.run("changeset", "version");
    await commit("Version again");
    await build();
    const { code, output } = await publish();
    expect({ code, output }).toMatchObject({ code: 0 });
    for (const folder of ["schema", "client", "mock", "contract"]) {
      expect(Number(versionOf(folder).split(".")[0])).toBe(Number(released.split(".")[0]) + 1);
      expect(await registry.versions(name(folder))).toContain(versionOf(folder));
    }
    const changelog = readFileSync(join(repository.root, "packages/client/CHANGELOG.md"), "utf8");
    expect(changelog).toContain("response 429");
    expect(changelog).toMatch(/Updated dependencies/u);
  });

  test("leaves a pinned project where it was", async () => {
    await install(pinned, "npm");
    const manifest = join(pinned.dir, "node_modules", name("schema"), "package.json");
    expect(JSON.parse(readFileSync(manifest, "utf8")).version).toBe(released);
    expect(await pinned.run("node", "use.mjs")).toMatch(/^completed \d/u);
  });
});

describe("a snapshot release", () => {
  test("goes out under its own tag, and `latest` stays", async () => {
    const latest = versionOf("schema");
    writeFileSync(
      join(repository.root, ".changeset/try.md"),
      `---\n"${name("schema")}": patch\n---\n\nTry.\n`,
    );
    await repository.run("changeset", "version", "--snapshot", "try");
    // Left by another build: turbo restores a build over it.
    const planted = join(repository.root, "packages/schema/dist/planted.js");
    writeFileSync(planted, "");
    await repository.git("clean", "-dfqX", ...folders.map((folder) => `packages/${folder}/dist`));
    await build();
    expect(existsSync(planted)).toBe(false);
    const { code, output } = await publish("--tag", "try", "--no-git-tag");
    expect({ code, output }).toMatchObject({ code: 0 });
    const response = await fetch(`${registry.url}${name("schema").replace("/", "%2f")}`);
    expect(await response.json()).toMatchObject({
      "dist-tags": { latest, try: expect.stringMatching(/^0\.0\.0-try-/u) },
    });
    await repository.git("checkout", "--quiet", ".");
    await repository.git("clean", "--quiet", "--force", ".changeset");
  });
});

describe("another scope", () => {
  test("is one command: the renamed packages are built, published and used", async () => {
    await repository.run("pnpm", "scope", "@acme");
    await repository.run("pnpm", "install", "--frozen-lockfile", "--prefer-offline");
    expect((await repository.run("pnpm", "generate", "--check")).code).toBe(0);
    await build();
    const { code, output } = await publish("--no-git-tag");
    expect({ code, output }).toMatchObject({ code: 0 });
    const dir = join(scratch.path, "consumer-acme");
    const acme = ["@acme", "sync-log-client"].join("/");
    const consumer = await createConsumer(dir, "npm", registry, "@acme", {
      [acme]: versionOf("client"),
    });
    consumer.write("use.mjs", useEsm.replaceAll(name("client"), acme));
    expect(await consumer.run("node", "use.mjs")).toMatch(/^completed \d/u);
  });

  test("goes back to the same bytes", async () => {
    await repository.run("pnpm", "scope", scope);
    expect(await repository.git("status", "--porcelain")).toBe("");
  });
});
