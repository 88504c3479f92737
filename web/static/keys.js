// Keys for those who like them; everything works without: `/` and Ctrl-K or Cmd-K go to the search
// box, Escape empties it and then leaves it.
"use strict";

const box = document.getElementById("q");

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (slash || command) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && event.target === box) {
    if (box.value) {
      box.value = "";
    } else {
      box.blur();
    }
  }
});

// Where a browser cannot show closed filters beside the results, they are opened there.
const filters = document.querySelector(".filters details");
if (filters && matchMedia("(min-width: 56rem)").matches && !CSS.supports("selector(::details-content)")) {
  filters.open = true;
}

// What is wider than the page scrolls by itself; not every browser lets the keyboard reach it.
for (const wide of document.querySelectorAll(".prose pre, .prose table")) {
  if (wide.scrollWidth > wide.clientWidth) {
    wide.tabIndex = 0;
  }
}
