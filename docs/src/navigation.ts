import { packageModules } from "./package-modules.ts";

/** A group of pages, as the sidebar and `llms.txt` list them. */
export interface Section {
  readonly text: string;
  readonly items: readonly NavigationItem[];
}

/** A page of the site. */
export interface NavigationItem {
  readonly text: string;
  /** Where it lies in the site, without an ending: `/guides/keys`. */
  readonly link: string;
  /** What it is about, in a line. */
  readonly about: string;
}

const guide = (name: string, text: string, about: string): NavigationItem => ({
  text,
  link: `/guides/${name}`,
  about,
});
const reference = (name: string, text: string, about: string): NavigationItem => ({
  text,
  link: `/reference/${name}`,
  about,
});

/** The guides and the reference, in the order of the sidebar. */
export const sections: readonly Section[] = [
  {
    text: "Start",
    items: [
      guide(
        "installing-and-upgrading",
        "Installing and upgrading",
        "what to install, what a version bump means, pinning",
      ),
      guide("waiting-well", "Waiting well", "waitForSyncLog, progress, time limits, giving up"),
      guide(
        "following-a-workspace",
        "Following a workspace",
        "lists, watchWorkspace, waiting for many syncs, when lists replace single reads",
      ),
      guide(
        "from-a-polling-loop",
        "From a polling loop",
        "what a hand-written loop misses, and how to replace it",
      ),
      guide(
        "keys",
        "Keys",
        "where to keep the API key, rotation, what the client does to protect it",
      ),
      guide(
        "retries-and-deadlines",
        "Retries and deadlines",
        "what is sent again, when, and how long a call may take",
      ),
    ],
  },
  {
    text: "Running it",
    items: [
      guide(
        "in-production",
        "In production",
        "the watcher on Redis: webhooks, containers, probes, alerts, upgrades",
      ),
      guide(
        "hooks-and-logs",
        "Hooks, logs and frameworks",
        "response headers, hooks, fetch options, loggers, OpenTelemetry",
      ),
      guide(
        "where-it-runs",
        "Where it runs",
        "runtimes, module systems, bundlers, proxies, certificates, other fetches",
      ),
    ],
  },
  {
    text: "Checking it",
    items: [
      guide("testing", "Testing", "the mock, faults, fixtures, virtual time, every test runner"),
      guide(
        "contract-tests-in-ci",
        "A service in any language",
        "checking a service in any language, with recipes for CI",
      ),
    ],
  },
  {
    text: "Tools",
    items: [
      guide(
        "command-line",
        "The command line",
        "reading, listing and watching in a terminal; exit codes for scripts",
      ),
      guide("agents", "Tools for agents", "the Model Context Protocol server of the command line"),
      guide(
        "from-spec-change-to-release",
        "From spec change to release",
        "how a change of the OpenAPI document becomes a release",
      ),
    ],
  },
  {
    text: "Reference",
    items: [
      reference("api", "HTTP API", "operations, parameters, fields and examples"),
      reference(
        "explorer",
        "API explorer",
        "sends requests from the browser, to the mock or the service",
      ),
      reference(
        "lifecycle",
        "Lifecycle",
        "each status, what may follow it, and the outcome of each end",
      ),
      guide(
        "errors",
        "Error codes",
        "every error with its code, status, whether it is retried, and what to do",
      ),
      reference(
        "assumptions",
        "Assumptions",
        "what the API documentation leaves open, and what is assumed",
      ),
      reference(
        "packages/index",
        "Packages",
        "what each package is, and the modules that it exports",
      ),
    ],
  },
];

/** The pages of the packages' modules, which have a sidebar of their own. */
export const packageSection: Section = {
  text: "Packages",
  items: packageModules().map(({ path, about }) => reference(`packages/${path}`, path, about)),
};

/** Every page but the first. */
export const allSections: readonly Section[] = [...sections, packageSection];
