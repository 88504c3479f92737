// The search box of an archive for any page of its blog, as the element <blog-search>: docs/embedding.md.
// The archive sends this as /embed.js, in a function that is given what the box says in its `languages`.
// Whatever the archive answers becomes text and links, never markup.
"use strict";

const NAME = "blog-search";
const FILTERS = ["blog", "tag", "author", "language"];
const PAUSE = 300; // milliseconds without a key until what was typed is searched for
const script = document.currentScript;

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host {
  display: block; max-width: var(--blog-search-width, 44rem); line-height: 1.5; overflow-wrap: break-word;
  font-family: var(--blog-search-font, inherit); color: var(--blog-search-text, inherit);
  --accent: var(--blog-search-accent, #1f5f8b); --round: var(--blog-search-radius, .4rem);
  --faint: var(--blog-search-faint, color-mix(in srgb, currentColor 75%, transparent));
}
:host([hidden]) { display: none; }
form, .more { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
input, button { font: inherit; padding: .5em .75em; border: 1px solid var(--accent); border-radius: var(--round); }
input { flex: 1; min-width: 9em; color: inherit; background: var(--blog-search-ground, transparent);
  border-color: var(--faint); }
input::placeholder { color: var(--faint); opacity: 1; }
button { color: var(--blog-search-on-accent, #fff); background: var(--accent); cursor: pointer; }
ol, ul { list-style: none; margin: 0; padding: 0; }
p { margin: .25em 0 0; }
li { margin-block: 1.2em; }
li li { margin-block: .6em; padding-inline-start: .8em; border-inline-start: 3px solid var(--blog-search-line, var(--faint)); }
a { color: inherit; text-underline-offset: .15em;
  text-decoration-color: color-mix(in srgb, currentColor 50%, var(--accent)); }
.title { font-size: 1.1em; font-weight: 600; }
.facts, .status { color: var(--faint); font-size: .9em; }
mark { color: var(--blog-search-on-mark, #1e2022); background: var(--blog-search-mark, #ffe694); }
[aria-busy=true] { opacity: .6; }`);

function make(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A link's address, if it is one of the web; else nothing. */
function web(link, base) {
  const url = URL.canParse(link, base) && new URL(link, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : "";
}

/** A date with as much as is known of it: 2025, 2025-03, 2025-03-02 or a time in UTC. */
function day(date, language) {
  const known = { year: "numeric", timeZone: "UTC" };
  if (date.length > 4) known.month = "long";
  if (date.length > 7) known.day = "numeric";
  return new Intl.DateTimeFormat(language, known).format(new Date(date));
}

function passage({ fragments, html }) {
  const marked = fragments.map(({ text, matched }) => (matched ? make("mark", {}, text) : text));
  const [before, after] = [html.startsWith("…") && "… ", html.endsWith("…") && " …"];
  return make("p", { part: "snippet", dir: "auto" }, before || "", ...marked, after || "");
}

class BlogSearch extends HTMLElement {
  #asking = new AbortController();
  #pause;

  connectedCallback() {
    if (!this.shadowRoot) {
      this.#readAttributes();
      this.#build();
    }
  }

  disconnectedCallback() {
    this.#stop();
  }

  #readAttributes() {
    const wanted = this.closest("[lang]")?.lang || navigator.language;
    this.language = [wanted, wanted.split("-")[0]].find((tag) => tag in languages) ?? "en";
    this.dates = wanted.startsWith(this.language) ? wanted : this.language; // en-GB has its own
    this.words = languages[this.language];
    this.archive = new URL(this.getAttribute("archive") ?? ".", script?.src || location.href);
  }

  #build() {
    const { label, search } = this.words;
    const placeholder = this.getAttribute("placeholder") ?? label;
    this.input = make("input", { id: "q", type: "search", part: "input", maxlength: 1000, autocomplete: "off", placeholder });
    const button = make("button", { part: "button" }, search);
    this.form = make("form", { role: "search", part: "form" }, make("label", { for: "q" }, label), this.input, button);
    this.status = make("p", { role: "status", class: "status", part: "status" });
    this.results = make("ol", { part: "results" });
    this.more = make("div", { class: "more", part: "more" });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search();
    });
    this.input.addEventListener("input", (event) => this.#typed(event));
    this.input.addEventListener("compositionend", (event) => this.#typed(event));
    this.input.addEventListener("keydown", ({ key }) => key === "Escape" && this.#clear());
    const shadow = this.attachShadow({ mode: "open", delegatesFocus: true });
    shadow.adoptedStyleSheets = [STYLE];
    shadow.append(this.form, this.status, this.results, this.more);
  }

  #stop() {
    clearTimeout(this.#pause);
    this.#asking.abort();
  }

  #clear() {
    this.input.value = "";
    this.#search();
  }

  #typed(event) {
    clearTimeout(this.#pause);
    if (!event.isComposing) {
      this.#pause = setTimeout(() => this.#search(), PAUSE);
    }
  }

  /** The address of what was typed: for a person, or with more `parameters` for this. */
  #address(path, parameters = {}) {
    const query = new URLSearchParams({ q: this.input.value.trim(), ...parameters });
    for (const name of FILTERS.filter((each) => this.hasAttribute(each))) {
      query.set(name, this.getAttribute(name));
    }
    return new URL(`${path}?${query}`, this.archive).href;
  }

  #search() {
    if (this.input.value.trim()) {
      const parameters = { size: this.getAttribute("size") ?? 5, facets: "none" };
      this.#ask(this.#address("/search.json", parameters), (page) => this.#show(page));
    } else {
      this.#stop();
      this.#tell("");
    }
  }

  /** Ask the archive and hand its answer over, unless something else is asked meanwhile. */
  async #ask(address, answered) {
    this.#stop();
    const { signal } = (this.#asking = new AbortController());
    this.results.setAttribute("aria-busy", true);
    try {
      const response = await fetch(address, { signal, credentials: "omit" });
      const answer = await response.json();
      if (response.ok) {
        answered(answer);
      } else {
        this.#tell((response.status === 400 && answer.detail) || this.words.failed, this.#goOn());
      }
    } catch {
      // An archive that refuses this site and one that is not there cannot be told apart.
      if (!signal.aborted) {
        this.#tell(this.words.unreachable, this.#goOn());
      }
    }
  }

  /** Say this instead of results, with ways to go on. */
  #tell(text, ...ways) {
    this.status.textContent = text;
    this.results.replaceChildren();
    this.results.setAttribute("aria-busy", false);
    this.more.replaceChildren(...ways);
  }

  #show(page) {
    const count = this.words.posts[new Intl.PluralRules(this.language).select(page.total)];
    this.#tell(page.total ? count.replace("#", page.total.toLocaleString(this.dates)) : this.words.nothing);
    this.#add(page);
  }

  #add({ results, next }) {
    this.results.setAttribute("aria-busy", false);
    this.results.append(...results.map((result) => this.#result(result)));
    this.more.replaceChildren(this.#goOn());
    if (next) {
      const more = make("button", { type: "button", part: "button" }, this.words.more);
      more.addEventListener("click", () => this.#addNext(next));
      this.more.prepend(more);
    }
  }

  /** Add the next results and go to the first of them. */
  async #addNext(next) {
    const before = this.results.children.length;
    await this.#ask(new URL(next, this.archive), (page) => this.#add(page));
    this.results.children[before]?.querySelector("a").focus();
  }

  #result({ title, url, link, date, authors, language, snippets, comments }) {
    const original = this.getAttribute("links") === "archive" ? "" : web(link);
    const heading = this.#link(original || web(url, this.archive), title || this.words.untitled);
    const facts = [date && day(date, this.dates), authors.join(", ")].filter(Boolean).join(" · ");
    return make(
      "li", { part: "result", ...(language && { lang: language }) },
      make("p", { class: "title", part: "title", dir: "auto" }, heading),
      make("p", { class: "facts", part: "facts", lang: this.dates }, facts),
      ...snippets.slice(0, 2).map(passage),
      make("ul", {}, ...comments.results.map((comment) => this.#comment(comment))),
    );
  }

  #comment({ author, url, snippets }) {
    const by = this.words.comment.replace("#", () => author || this.words.anonymous);
    const link = this.#link(web(url, this.archive), by);
    const heading = make("p", { class: "facts", dir: "auto", lang: this.dates }, link);
    return make("li", { part: "comment" }, heading, ...snippets.slice(0, 1).map(passage));
  }

  /** The same search in the archive itself, with all that it can do. */
  #goOn() {
    return this.#link(this.#address("/search"), this.words.there);
  }

  #link(href, text) {
    const target = this.getAttribute("target");
    return make("a", { href, ...(target && { target, rel: "noopener" }) }, text);
  }
}

/** Put a box where the script's tag stands, unless the page has one, with the attributes of its `data-`. */
function place() {
  if (script?.isConnected && !document.head.contains(script) && !document.querySelector(NAME)) {
    script.after(make(NAME, script.dataset));
  }
}

if (!customElements.get(NAME)) {
  customElements.define(NAME, BlogSearch);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", place);
  } else {
    place();
  }
}
