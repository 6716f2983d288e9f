// The desk's extras: keys, dragging, and what others change while one looks. Every one of them ends in a link or a form
// that is on the page anyway; without this file nothing is missing but speed.

const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter((node) => node.checkVisibility());
const region = () => document.querySelector("[data-live]");
const typing = (node) => node.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");

// Single keys can be switched off (WCAG 2.1.4). A browser that keeps nothing starts with them on.
const store = (value) => {
  try {
    if (value) localStorage.setItem("desk-keys", value);
    return localStorage.getItem("desk-keys");
  } catch {
    return null;
  }
};
let on = store() !== "off";
const line = document.querySelector(".keys");
if (line) {
  const [words, button] = line.children;
  const say = () => {
    words.hidden = !on;
    button.textContent = on ? line.dataset.keys : line.dataset.keysOn;
  };
  button.addEventListener("click", () => {
    on = !on;
    store(on ? "on" : "off");
    say();
  });
  say();
  line.hidden = false;
}

// From one block to the nearest in the direction of the arrow.
const step = (from, key) => {
  const grid = from.closest("[data-grid]");
  if (!grid || from === grid) return null;
  const middle = (node) => {
    const box = node.getBoundingClientRect();
    return [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 40) / 2];
  };
  const [x, y] = middle(from);
  const along = key === "ArrowLeft" || key === "ArrowRight" ? 0 : 1;
  const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  let best = null;
  let least = Infinity;
  for (const node of all("a.week-slot, .week-free button, td a", grid)) {
    const [left, top] = middle(node);
    const away = [left - x, top - y];
    const forward = away[along] * sign;
    const far = forward + 3 * Math.abs(away[1 - along]);
    if (node !== from && forward > 2 && far < least) [best, least] = [node, far];
  }
  return best;
};

const cut = (reference) => {
  if (location.pathname !== "/staff/calendar") return `/staff/appointments/${reference}/move`;
  const address = new URL(location.href);
  address.searchParams.delete("moved");
  address.searchParams.set("moving", reference);
  return address.href;
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(target)) return;
  if (key.startsWith("Arrow")) {
    const next = step(target, key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
    return;
  }
  if (!on) return;
  const find = key === "/" && document.querySelector("[data-find]");
  const own = key === "x" && target.closest("[data-cut]");
  const link = all(`[data-key="${CSS.escape(key)}"]`)[0];
  if (!find && !own && !link) return;
  event.preventDefault();
  if (find) find.focus();
  else if (own) location.assign(cut(own.dataset.cut));
  else link.click();
});

// Whoever has cut goes on among the free times.
if (new URL(location.href).searchParams.has("moving")) all(".week-free button, .free-list button")[0]?.focus();

// Dragging: the free times come from the same page that "cut" leads to, and a drop presses their button.
let dragged = [];
const drop = () => {
  for (const node of dragged) node.remove();
  dragged = [];
};
document.addEventListener("dragstart", async (event) => {
  const slot = event.target.closest?.(".week [data-cut]");
  if (!slot || location.pathname !== "/staff/calendar") return;
  event.dataTransfer.effectAllowed = "move";
  const token = [];
  dragged = token;
  const fresh = await page(cut(slot.dataset.cut));
  if (!fresh || dragged !== token) return;
  const columns = [...document.querySelectorAll(".week-day")];
  const others = [...fresh.querySelectorAll(".week-day")];
  for (const [number, other] of others.entries()) {
    const free = other.querySelector(".week-free");
    if (!free) continue;
    const extra = others.length > columns.length;
    const node = extra ? other : free;
    dragged.push(node);
    if (extra) columns[0]?.before(node);
    else columns[number].querySelector(".week-grid").append(node);
  }
});
const place = (event) => event.target.closest?.(".week-free button");
document.addEventListener("dragover", (event) => {
  if (place(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const button = place(event);
  if (!button) return;
  event.preventDefault();
  const kept = dragged;
  dragged = [];
  button.click();
  dragged = kept;
});
document.addEventListener("dragend", drop);

/** The region of a page that changes, or nothing if we are not let in any more. */
async function page(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
}

// What others change: a mark is asked for, and if it is another the region is fetched and put in its place, with the focus,
// the scrolling and the folds as they were.
const like = (node) => {
  const key = ["href", "value", "data-key"].find((name) => node.hasAttribute(name));
  return key ? `${node.localName}[${key}="${CSS.escape(node.getAttribute(key))}"]` : node.localName;
};
// A fold is known by its row or part of the page and by its words, so that it stays open when rows come and go.
const fold = (node) => `${node.closest("[id]")?.id} ${node.firstElementChild?.getAttribute("aria-label") ?? node.firstElementChild?.textContent}`;
// What can take the focus on the same day, if what had it is gone.
const stops = "a.week-slot, .week-free button, .free-list button, th a, td a";
const heir = (focus, old) => {
  const day = focus.closest("section");
  if (!day || !focus.matches(stops)) return () => null;
  const near = [...day.querySelectorAll(stops)];
  const at = near.indexOf(focus);
  const wanted = [...near.slice(at + 1), ...near.slice(0, at).reverse()].map(like);
  const list = !day.closest("[data-grid]");
  const name = day.querySelector("h2")?.textContent;
  return () => {
    const same = all("section", old).find((one) => !one.closest("[data-grid]") === list && one.querySelector("h2")?.textContent === name);
    if (!same) return null;
    for (const one of wanted) {
      const node = same.querySelector(one);
      if (node) return node;
    }
    const heading = same.querySelector("h2 a") ?? same.querySelector("h2");
    if (heading?.localName === "h2") heading.tabIndex = -1;
    return heading;
  };
};
const swap = (old, fresh) => {
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const same = focus && like(focus);
  const number = focus && [...old.querySelectorAll(same)].indexOf(focus);
  const next = focus ? heir(focus, old) : () => null;
  const scrolled = [...old.querySelectorAll("[tabindex]")].map((node) => [node.scrollLeft, node.scrollTop]);
  const open = new Set([...old.querySelectorAll("details[open]")].map(fold));
  old.dataset.live = fresh.dataset.live;
  old.replaceChildren(...fresh.childNodes);
  for (const node of old.querySelectorAll("details")) node.open ||= open.has(fold(node));
  for (const [index, node] of [...old.querySelectorAll("[tabindex]")].entries()) {
    [node.scrollLeft, node.scrollTop] = scrolled[index] ?? [0, 0];
  }
  if (focus) (old.querySelectorAll(same)[number] ?? next())?.focus({ preventScroll: true });
};

// Nothing that somebody types or has chosen is taken from under their hands: what is new comes when they have sent it.
const begun = (node) =>
  [...node.querySelectorAll("input, textarea, select")].some((field) =>
    field.localName === "select"
      ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
      : field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  ) || (node.contains(document.activeElement) && typing(document.activeElement));

let stopped = false;
const look = async () => {
  const old = region();
  if (begun(old)) return;
  const mark = old.dataset.live;
  const answer = await fetch(`/staff/live?since=${encodeURIComponent(mark)}`);
  if (answer.status === 204) return;
  if (!answer.ok || answer.redirected) {
    // Signed out, or not let in: what is on the screen stays; whoever presses something is told.
    stopped = answer.redirected || answer.status === 403;
    return;
  }
  const next = await answer.text();
  const fresh = await page(location.href);
  if (!fresh) return;
  if (!fresh.dataset.live) fresh.dataset.live = next;
  if (fresh.innerHTML === old.innerHTML) old.dataset.live = fresh.dataset.live;
  else if (dragged.length === 0) swap(old, fresh);
};
const watch = async () => {
  if (!document.hidden) await look().catch(() => {});
  if (!stopped) setTimeout(watch, 2000);
};
if (region()) watch();
