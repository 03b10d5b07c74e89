/** How a host starts the server. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where a host keeps its servers, and how it is told of one. */
export interface Host {
  readonly file: string;
  readonly config: (server: ServerCommand) => string;
  /** What is left to do. */
  readonly note: string;
}

const serverName = "qontext-sync-log";
const keyVariable = "QONTEXT_API_KEY";
const fromEnvironment = `The key comes from ${keyVariable} in the environment of the host.`;

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** The form that most hosts share; they differ in how a value refers to the environment. */
function mcpServers(key: string): Host["config"] {
  return (server) =>
    json({ mcpServers: { [serverName]: { ...server, env: { [keyVariable]: key } } } });
}

/** TOML writes these strings and lists as JSON does. */
function codexToml({ command, args }: ServerCommand): string {
  return [
    `[mcp_servers.${serverName}]`,
    `command = ${JSON.stringify(command)}`,
    `args = ${JSON.stringify(args)}`,
    `env_vars = ${JSON.stringify([keyVariable])}`,
  ].join("\n");
}

/** VS Code asks for the key once, and keeps it. */
function vsCodeJson(server: ServerCommand): string {
  const id = "qontext-api-key";
  return json({
    inputs: [{ type: "promptString", id, description: "Qontext API key", password: true }],
    servers: {
      [serverName]: { type: "stdio", ...server, env: { [keyVariable]: `\${input:${id}}` } },
    },
  });
}

/** The name of a host that `--print-config` takes. */
export type HostName =
  | "claude-code"
  | "claude-desktop"
  | "codex"
  | "cursor"
  | "gemini-cli"
  | "vscode"
  | "windsurf";

export const hosts: Readonly<Record<HostName, Host>> = {
  "claude-desktop": {
    file: "claude_desktop_config.json, which Settings > Developer > Edit Config opens",
    config: mcpServers("YOUR_API_KEY"),
    note: "Put the key in the place of YOUR_API_KEY: this host does not read it from the environment.",
  },
  "claude-code": {
    file: ".mcp.json in the project",
    config: mcpServers(`\${${keyVariable}}`),
    note: fromEnvironment,
  },
  cursor: {
    file: ".cursor/mcp.json in the project, or ~/.cursor/mcp.json",
    config: mcpServers(`\${env:${keyVariable}}`),
    note: fromEnvironment,
  },
  vscode: {
    file: ".vscode/mcp.json in the workspace",
    config: vsCodeJson,
    note: "The host asks for the key when it starts the server, and keeps it.",
  },
  windsurf: {
    file: "~/.codeium/windsurf/mcp_config.json",
    config: mcpServers(`\${env:${keyVariable}}`),
    note: fromEnvironment,
  },
  codex: { file: "~/.codex/config.toml", config: codexToml, note: fromEnvironment },
  "gemini-cli": {
    file: "~/.gemini/settings.json, or .gemini/settings.json in the project",
    config: mcpServers(`$${keyVariable}`),
    note: fromEnvironment,
  },
};

export const hostNames: readonly string[] = Object.keys(hosts);

/** The command by which a host runs the server of a published package. */
export function serverCommand(
  packageName: string,
  options: readonly string[],
  platform: NodeJS.Platform,
): ServerCommand {
  const args = ["-y", packageName, "mcp", ...options];
  // There, npx is a script that only a shell can start.
  return platform === "win32"
    ? { command: "cmd", args: ["/c", "npx", ...args] }
    : { command: "npx", args };
}
