// Fetches the style sheets that lie beside a module, and dresses a shadow root in them.

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}

// `base` is the module that asks; the names are those of its neighbours.
export const sheets = (base, ...names) => Promise.all(names.map((name) => load(new URL(name, base))));

export function dress(root, own) {
  const others = root.adoptedStyleSheets.filter((sheet) => !own.includes(sheet));
  root.adoptedStyleSheets = [...others, ...own];
}
