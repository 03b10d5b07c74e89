import { parseDocument, visit } from "yaml";

type Fields = Readonly<Record<string, unknown>>;

const onlyOnMain = /^\$\{\{ github\.ref == 'refs\/heads\/main' && secrets\.\w+ \|\| '' \}\}$/u;
const installs =
  /\b(?:npm|pnpm|npx|yarn) (?!ci --prefix scripts\/release\/publish --ignore-scripts\b)/u;

/**
 * What a workflow, or an action of the repository, does that gives away a right, a secret or a machine; the rules are the
 * ones of zizmor (https://docs.zizmor.sh/audits/) that these files come near to, and three of our own on who installs.
 */
export function workflowProblems(text: string): readonly string[] {
  const file = fields(parseDocument(text).toJS());
  const isAction = "runs" in file;
  const jobs = isAction ? { runs: file["runs"] } : fields(file["jobs"]);
  return [
    ...unpinnedActions(text).map((action) => `${action} is not pinned by the hash of a commit`),
    ...(isAction ? [] : triggerProblems(file)),
    ...(hasSecret(file["env"]) ? ["gives secrets to every job"] : []),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      jobProblems(fields(job), isAction).map((problem) => `${name}: ${problem}`),
    ),
    ...exposedSecrets(text).map((secret) => `${secret} is read on other branches than main`),
  ];
}

/** Actions that are not pinned by the hash of a commit, with the version in a comment. */
function unpinnedActions(text: string): readonly string[] {
  return [...text.matchAll(/uses:\s*(\S+)([^\n]*)/gu)]
    .filter(
      ([, action = "", rest = ""]) =>
        !action.startsWith("./") && !(/@[0-9a-f]{40}$/u.test(action) && /#\s*v\d/u.test(rest)),
    )
    .map(([, action = ""]) => action);
}

function triggerProblems(file: Fields): readonly string[] {
  const { on, permissions } = file;
  const triggers = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(fields(on));
  return [
    ...["pull_request_target", "workflow_run"]
      .filter((trigger) => triggers.includes(trigger))
      .map((trigger) => `${trigger} runs beside the rights of main`),
    ...(JSON.stringify(permissions) === '{"contents":"read"}'
      ? []
      : ["not every job begins with the right to read alone"]),
  ];
}

function jobProblems(job: Fields, isAction: boolean): readonly string[] {
  const permissions = job["permissions"];
  const mayWrite =
    typeof permissions === "string" || Object.values(fields(permissions)).includes("write");
  const steps = Array.isArray(job["steps"]) ? job["steps"].map(fields) : [];
  const rules: readonly (readonly [boolean, string])[] = [
    [typeof permissions !== "string", "takes more rights than it names"],
    [job["secrets"] !== "inherit", "hands every secret on"],
    [!hasSecret(job["env"]), "gives secrets to every step"],
    [isAction || job["timeout-minutes"] !== undefined, "has no time limit"],
    [!mayWrite || !steps.some(installsPackages), "installs packages beside a right to write"],
    ...steps.flatMap(stepRules),
  ];
  return rules.flatMap(([isFine, problem]) => (isFine ? [] : [problem]));
}

function stepRules(step: Fields): readonly (readonly [boolean, string])[] {
  const { uses, run } = step;
  const inputs = fields(step["with"]);
  const isCheckout = typeof uses === "string" && uses.startsWith("actions/checkout@");
  return [
    [!isCheckout || inputs["persist-credentials"] === false, "keeps the credentials of a checkout"],
    [!isTemplate(run) && !isTemplate(inputs["script"]), "puts an expression into a script"],
  ];
}

function installsPackages({ uses, run }: Fields): boolean {
  return (
    (typeof uses === "string" && uses.startsWith("./")) ||
    (typeof run === "string" && installs.test(run))
  );
}

function isTemplate(value: unknown): boolean {
  return typeof value === "string" && value.includes("${{");
}

function hasSecret(environment: unknown): boolean {
  return Object.values(fields(environment)).some((value) => String(value).includes("secrets."));
}

function exposedSecrets(text: string): readonly string[] {
  const found: string[] = [];
  visit(parseDocument(text), {
    Scalar: (key, { value }) => {
      if (key === "key" || typeof value !== "string" || !value.includes("secrets.")) return;
      if (!onlyOnMain.test(value)) found.push(/secrets\.\w+/u.exec(value)?.[0] ?? value);
    },
  });
  return found;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
