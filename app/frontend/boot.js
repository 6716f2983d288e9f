// Wakes the islands of a page, keeps the form that is typed into, and serves the two buttons that need a
// script. Only pages with one of them load it; without it, every page works as plain HTML. The build
// writes the hashed names into the two addresses below.

// What is typed is sent to be kept while it is typed and before the page is left, because a reload
// fills in nothing that it may not store. Not when a form is sent, which says it all itself or asks
// to forget it; nor when somebody leaves in a hurry.
for (const form of document.querySelectorAll("[data-keep]")) {
  let later;
  const drop = () => {
    clearTimeout(later);
    later = 0;
  };
  const keep = () => {
    if (later) navigator.sendBeacon(form.dataset.keep, new URLSearchParams(new FormData(form)));
    drop();
  };
  form.addEventListener("input", () => {
    drop();
    later = setTimeout(keep, 400);
  });
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, keep);
  addEventListener("submit", drop);
  addEventListener("click", (event) => event.target.closest("[data-exit]") && drop(), true);
}

// "Exit this page" takes this page's place in the history, so that "back" does not return to it.
for (const link of document.querySelectorAll("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

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
if (document.querySelector("leptos-island")) {
  const wasm = fetch(address("./clinics.wasm"));
  const module = await import(address("./clinics.js"));
  await module.default({ module_or_path: wasm });
  module.hydrate();
  wake(document.body, module, []);
}
