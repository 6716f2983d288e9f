// Wakes the islands of a page, and the few things that need a script. Only pages with one of them
// load it; without it, every page works as plain HTML. The build writes the hashed names into the
// two addresses below.

// Set when somebody leaves in a hurry: from then on nothing more is kept.
let leaving = false;

// What is typed is sent to be kept while it is typed and before the page is left, because a reload
// fills in nothing that it may not store. Not when a form is sent, which says it all itself or asks
// to forget it.
for (const form of document.querySelectorAll("[data-keep]")) {
  let later;
  const drop = () => {
    clearTimeout(later);
    later = 0;
  };
  // It outlives the page, as a beacon does, but does not wait for everything else as those do.
  const keep = () => {
    const body = new URLSearchParams(new FormData(form));
    const how = { method: "POST", body, keepalive: true, priority: "high" };
    if (later && !leaving) fetch(form.dataset.keep, how).catch(() => {});
    drop();
  };
  form.addEventListener("input", () => {
    drop();
    // Twice a second at most: no more than the server takes from one address for long.
    later = setTimeout(keep, 500);
  });
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, keep);
  document.addEventListener("visibilitychange", keep);
  addEventListener("submit", drop);
}

// "Exit this page": what was typed is forgotten, the screen is empty at once, and the harmless page takes this page's place
// in the history, so that "back" does not return to it.
const exit = document.querySelector("[data-exit]");
if (exit) {
  const leave = () => {
    leaving = true;
    if (exit.dataset.clear) navigator.sendBeacon(exit.dataset.clear);
    document.body.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Shift, three times within five seconds and with no other key between, does the same.
  const status = document.querySelector("[data-exit-status]");
  document.querySelector("[data-exit-keys]")?.removeAttribute("hidden");
  let presses = 0;
  let since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = 0;
    if (event.key !== "Shift" || event.repeat) return;
    if (event.timeStamp - since > 5000) presses = 0;
    if (presses === 0) since = event.timeStamp;
    presses += 1;
    const { two, one, going } = status?.dataset ?? {};
    if (status) status.textContent = [two, one, going][presses - 1] ?? "";
    if (presses === 3) leave();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const address = (name) => new URL(name, import.meta.url);

// At the desk: keys, dragging, what others change.
if (document.querySelector(".rail-who")) import(address("./desk.js"));

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
