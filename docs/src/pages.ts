/** A page of the site, in the order of its navigation. */
export interface Page {
  /** Where it lies in the site, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly navTitle: string;
  readonly section: "Overview" | "Guides" | "Reference";
  /** The Markdown it is made of, relative to `docs/`; the others are built from the OpenAPI document. */
  readonly markdown?: string;
}

function guide(name: string, title: string, navTitle: string): Page {
  return {
    path: `guides/${name}.html`,
    title,
    navTitle,
    section: "Guides",
    markdown: `guides/${name}.md`,
  };
}

/** All pages; one that is not listed here is not built and cannot be linked to. */
export const pages: readonly Page[] = [
  {
    path: "index.html",
    title: "Qontext sync logs",
    navTitle: "Start here",
    section: "Overview",
    markdown: "guides/index.md",
  },
  guide("installing-and-upgrading", "Installing and upgrading", "Installing, upgrading"),
  guide("waiting-well", "Waiting well", "Waiting well"),
  guide("retries-and-deadlines", "Retries and deadlines", "Retries and deadlines"),
  guide("keys", "Keys", "Keys"),
  guide("hooks-and-logs", "Hooks, logs and frameworks", "Hooks, logs, frameworks"),
  guide("where-it-runs", "Where it runs", "Where it runs"),
  guide("running-the-watcher", "Running the watcher", "Running the watcher"),
  guide("testing-with-the-mock", "Testing with the mock", "Testing with the mock"),
  guide("tests-and-time", "Tests and time", "Tests and time"),
  guide("contract-tests-in-ci", "Contract tests in CI", "Contract tests in CI"),
  guide("from-spec-change-to-release", "From spec change to release", "Spec change to release"),
  guide("command-line", "The command line", "The command line"),
  guide("agents", "Tools for agents", "Tools for agents"),
  {
    path: "reference.html",
    title: "API reference",
    navTitle: "API reference",
    section: "Reference",
  },
  { path: "lifecycle.html", title: "Lifecycle", navTitle: "Lifecycle", section: "Reference" },
  {
    path: "errors.html",
    title: "Error codes",
    navTitle: "Error codes",
    section: "Reference",
    markdown: "guides/errors.md",
  },
  { path: "assumptions.html", title: "Assumptions", navTitle: "Assumptions", section: "Reference" },
];
