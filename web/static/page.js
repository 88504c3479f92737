// What a script adds to pages that work without. It knows no language: what it shows is in _script.html.
"use strict";

const byId = (id) => document.getElementById(id);
const box = byId("q");
document.body.append(byId("script").content);

/* Keys */

const help = byId("keys");
const wanted = byId("keys-wanted");

function goToBox() {
  box.focus();
  box.select();
}

/** Move the focus among the results, from none to the first. */
function goToResult(step) {
  const results = [...document.querySelectorAll(".result")];
  const now = results.indexOf(document.activeElement.closest(".result"));
  results[Math.max(now + step, 0)]?.querySelector("h2 a").focus();
}

/** Go to the next or previous mark in a post, round and round; "back" leaves the post all the same. */
function goToMatch(step) {
  const marks = [...document.querySelectorAll("[id^=match-]")];
  const now = marks.findIndex((mark) => `#${mark.id}` === location.hash);
  const next = marks.at((Math.max(now, step < 0 ? 0 : -1) + step) % marks.length);
  if (next) {
    location.replace(`#${next.id}`);
  }
}

for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => {
    goToMatch(Number(button.dataset.step));
    button.focus({ preventScroll: true });
  });
}

const written = (number) => Number(number).toLocaleString(document.documentElement.lang);

/** Say which match the reader is at, in place of how many there are. */
function tellMatch() {
  const number = document.querySelector("mark:target")?.id.replace("match-", "");
  if (number) {
    const place = document.querySelector("[data-place]");
    place.textContent = place.dataset.place.replace("#", written(number));
  }
}

addEventListener("hashchange", tellMatch);
addEventListener("load", tellMatch);

const KEYS = {
  "/": goToBox,
  "?": () => help.showModal(),
  j: () => goToResult(1),
  k: () => goToResult(-1),
  o: () => document.activeElement.closest(".result")?.querySelector("h2 a").click(),
  n: () => goToMatch(1),
  p: () => goToMatch(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || help.open) {
    return;
  }
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.closest("input, textarea");
  const plain = wanted.checked && !command && !event.altKey && !typing;
  const act = plain ? KEYS[event.key] : command && event.key.toLowerCase() === "k" && goToBox;
  if (act) {
    event.preventDefault();
    act();
  }
});

// Who dictates, or hits keys by chance, can turn off those of one character; nothing else is kept.
try {
  wanted.checked = localStorage.keys !== "off";
  wanted.addEventListener("change", () => (localStorage.keys = wanted.checked ? "on" : "off"));
} catch {
  // A browser that keeps nothing keeps the keys on.
}

const opener = byId("keys-open");
document.querySelector(".foot").append(opener);
opener.addEventListener("click", () => help.showModal());

/* Completions: an editable combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) of links. */

const PAUSE = 120; // milliseconds without a key until completions are asked for
const MOST = 100; // characters that /suggest.json completes
const list = byId("completions");
const told = byId("completions-told"); // how many there are, for who cannot see them
const known = new Map(); // what was answered, by what was asked
let active = -1; // the option that the arrows went to
let asking = new AbortController();
let pause;

box.form.append(list);
told.remove(); // until the box is gone to; the page has something else to tell
Object.assign(box, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
box.setAttribute("aria-controls", list.id);

/** What makes of a suggestion the search with it after the text before it, and the form's filters. */
function after(before) {
  return ({ kind, text }) => {
    const whole = before + (kind === "word" ? text : `${kind}:"${text.replaceAll('"', " ")}"`);
    const data = new URLSearchParams(new FormData(box.form));
    data.set("q", whole);
    return { kind, text: whole, url: `${box.form.action}?${data}` };
  };
}

/** What to ask for, and what becomes of an answer: of all that is typed, and of its last word as a tag or author. */
function questions(typed) {
  const field = typed.match(/^((?:.*\s)?-?)(author|tag):("[^"]+|[^\s"]+)$/);
  if (field) {
    return [{ prefix: field[3].replace('"', ""), kinds: [field[2]], become: after(field[1]) }];
  }
  const whole = {
    prefix: typed.trim(),
    kinds: ["title", "tag", "author", "word"],
    become: (found) => (found.kind === "word" ? after("")(found) : found),
  };
  const last = typed.match(/^(.*[\s(]-?)([^\s"():-]{2,})$/);
  return last ? [whole, { prefix: last[2], kinds: ["tag", "author"], become: after(last[1]) }] : [whole];
}

async function answer({ prefix, kinds, become }, signal) {
  if (!known.has(prefix)) {
    const response = await fetch(`/suggest.json?${new URLSearchParams({ q: prefix, size: 8 })}`, { signal });
    known.set(prefix, (await response.json()).suggestions ?? []);
  }
  return known.get(prefix).filter(({ kind }) => kinds.includes(kind)).map(become);
}

async function complete() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const asked = questions(box.value).filter(({ prefix }) => prefix && prefix.length <= MOST);
  const answering = asked.map((question) => answer(question, signal));
  const answers = await Promise.all(answering).catch(() => []); // the network failed
  if (!signal.aborted) {
    offer(answers.flat());
  }
}

function offer(found) {
  closeList();
  for (const group of list.children) {
    const { kind } = group.dataset;
    const fit = found.filter((one) => one.kind === kind && (kind !== "word" || one.text !== box.value));
    group.replaceChildren(group.firstElementChild, ...fit.slice(0, 5).map(option));
    group.hidden = !fit.length;
  }
  const options = allOptions();
  options.forEach((link, i) => (link.id = `completion-${i}`));
  list.hidden = !options.length;
  box.ariaExpanded = !list.hidden;
  told.textContent = list.hidden ? "" : told.dataset.text.replace("#", options.length);
}

function option({ text, url, count }) {
  const link = document.createElement("a");
  link.textContent = text;
  link.dataset.count = count ? written(count) : "";
  return Object.assign(link, { role: "option", ariaSelected: false, tabIndex: -1, dir: "auto", href: url });
}

const allOptions = () => [...list.querySelectorAll("[role=option]")];

function closeList() {
  goToOption(-1);
  list.hidden = true;
  box.ariaExpanded = false;
}

function leave() {
  clearTimeout(pause);
  asking.abort();
  closeList();
}

/** Make an option the active one, beyond the last and before the first none. */
function goToOption(place) {
  const options = allOptions();
  options[active]?.setAttribute("aria-selected", false);
  active = place < -1 ? options.length - 1 : place < options.length ? place : -1;
  if (active < 0) {
    box.removeAttribute("aria-activedescendant");
  } else {
    options[active].ariaSelected = true;
    options[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[active].id);
  }
}

async function goByArrow(event, step) {
  event.preventDefault();
  if (event.altKey) {
    return step < 0 ? leave() : complete();
  }
  if (list.hidden) {
    await complete();
  }
  if (!list.hidden) {
    goToOption(active + step);
  }
}

function goBack(event) {
  event.preventDefault();
  if (!list.hidden) {
    leave();
  } else if (box.value) {
    box.value = "";
  } else {
    box.blur();
  }
}

function goOn(event) {
  if (active >= 0) {
    event.preventDefault();
    allOptions()[active].click();
  }
  leave();
}

const backToText = () => goToOption(-1); // where the key does what it always does

const BOX_KEYS = {
  ArrowDown: (event) => goByArrow(event, 1),
  ArrowUp: (event) => goByArrow(event, -1),
  ArrowLeft: backToText,
  ArrowRight: backToText,
  Home: backToText,
  End: backToText,
  Enter: goOn,
  Escape: goBack,
  Tab: leave,
};

box.addEventListener("keydown", (event) => {
  if (!event.isComposing) {
    BOX_KEYS[event.key]?.(event);
  }
});

function changed(event) {
  backToText();
  clearTimeout(pause);
  if (!event.isComposing) {
    pause = setTimeout(complete, PAUSE);
  }
}

box.addEventListener("input", changed);
box.addEventListener("compositionend", changed);
box.addEventListener("blur", leave);
box.addEventListener("focus", () => document.body.append(told), { once: true });
list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus

/* Loading: on a slow line a page that was asked for shows that it was. */

const SOON = 250; // milliseconds in which most pages are there
const main = document.querySelector("main");
let loading;

function startLoading() {
  loading = setTimeout(() => (main.ariaBusy = true), SOON);
}

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.method === "get") {
    startLoading();
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const here = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const page = link?.origin === location.origin && !/\.\w+$/.test(link.pathname); // and no download
  if (here && page && link.search + link.pathname !== location.search + location.pathname) {
    startLoading();
  }
});

// A page that comes back from the browser's memory comes as it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    clearTimeout(loading);
    main.ariaBusy = false;
    leave();
  }
});

// What scrolls sideways by itself is to be reached by key in every browser.
for (const wide of document.querySelectorAll(".prose pre, .prose table")) {
  if (wide.scrollWidth > wide.clientWidth) {
    wide.tabIndex = 0;
  }
}
