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
}

const guide = (name: string, text: string): NavigationItem => ({ text, link: `/guides/${name}` });
const reference = (name: string, text: string): NavigationItem => ({
  text,
  link: `/reference/${name}`,
});

/** The guides and the reference, in the order of the sidebar. */
export const sections: readonly Section[] = [
  {
    text: "Start",
    items: [
      guide("installing-and-upgrading", "Installing and upgrading"),
      guide("waiting-well", "Waiting well"),
      guide("following-a-workspace", "Following a workspace"),
      guide("from-a-polling-loop", "From a polling loop"),
      guide("keys", "Keys"),
      guide("retries-and-deadlines", "Retries and deadlines"),
    ],
  },
  {
    text: "Running it",
    items: [
      guide("in-production", "In production"),
      guide("hooks-and-logs", "Hooks, logs and frameworks"),
      guide("where-it-runs", "Where it runs"),
    ],
  },
  {
    text: "Checking it",
    items: [
      guide("testing", "Testing"),
      guide("contract-tests-in-ci", "A service in any language"),
    ],
  },
  {
    text: "Tools",
    items: [
      guide("command-line", "The command line"),
      guide("agents", "Tools for agents"),
      guide("from-spec-change-to-release", "From spec change to release"),
    ],
  },
  {
    text: "Reference",
    items: [
      reference("api", "HTTP API"),
      reference("explorer", "API explorer"),
      reference("lifecycle", "Lifecycle"),
      guide("errors", "Error codes"),
      reference("assumptions", "Assumptions"),
      reference("packages/index", "Packages"),
    ],
  },
];

/** The pages of the packages' modules, which have a sidebar of their own. */
export const packageSection: Section = {
  text: "Packages",
  items: packageModules().map(({ path }) => reference(`packages/${path}`, path)),
};

/** Every page but the first. */
export const allSections: readonly Section[] = [...sections, packageSection];
