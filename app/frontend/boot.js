// Wakes the islands of a page. Only pages with an island load it; without it, every page works as
// plain HTML. The build writes the hashed names into the two addresses below.

const address = (name) => new URL(name, import.meta.url);

// An island inside another's children waits until the outer one has set them up.
const wake = (node, module, openings) => {
  const tag = node.localName;
  if (tag === "leptos-island") {
    openings.at(-1)?.();
    const start = module[node.dataset.component];
    if (start) start(node);
    else console.error("No island is called", node.dataset.component);
  }
  const within = tag === "leptos-children" ? [...openings, node.$$on_hydrate] : openings;
  for (const child of node.children) wake(child, module, within);
};

// Both are asked for at once: the module does not have to arrive before the WebAssembly is sent.
const wasm = fetch(address("./clinics.wasm"));
const module = await import(address("./clinics.js"));
await module.default({ module_or_path: wasm });
module.hydrate();
wake(document.body, module, []);
