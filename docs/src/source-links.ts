import type { DefaultTheme } from "vitepress";

/**
 * The links to the sources: one to edit each page, and one to the repository. None until the repository has an address.
 *
 * @param homepage - As a package's manifest has it, once the address is set: that of its folder in the repository.
 */
export function sourceLinks(
  homepage: string | undefined,
): Pick<DefaultTheme.Config, "editLink" | "socialLinks"> {
  const [repository = ""] = homepage?.split("/tree/") ?? [];
  if (repository === "") return {};
  return {
    editLink: { pattern: `${repository}/edit/main/docs/:path` },
    socialLinks: [{ icon: "github", link: repository }],
  };
}
