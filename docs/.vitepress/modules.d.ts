declare module "scalar-standalone?url" {
  const url: string;
  export default url;
}

declare module "*.css";
declare module "*/repair-accessibility.js";
