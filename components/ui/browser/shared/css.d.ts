/** A style sheet that a module imports: the server links it in as a constructed sheet. */

declare module "*.css" {
  const sheet: CSSStyleSheet;
  export default sheet;
}
