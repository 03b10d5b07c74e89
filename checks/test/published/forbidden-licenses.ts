/** Licenses that ask for no more than to be named. */
const allowed = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
  "MIT-0",
  "CC-BY-4.0",
]);

/** The packages, by license, whose license nobody has allowed; an expression with `OR` needs one that is. */
export function forbiddenLicenses(
  listed: Readonly<Record<string, readonly { readonly name: string }[]>>,
): readonly string[] {
  return Object.entries(listed)
    .filter(([license]) => !isAllowed(license))
    .flatMap(([license, packages]) => packages.map(({ name }) => `${name}: ${license}`));
}

function isAllowed(expression: string): boolean {
  const choices = expression.replaceAll(/[()]/gu, "").split(" OR ");
  return choices.some((choice) =>
    choice.split(" AND ").every((license) => allowed.has(license.trim())),
  );
}
