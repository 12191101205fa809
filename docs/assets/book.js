// Everything here is an addition: the page reads, and its switch works, without it.

// The expression behind a number stands near it, within the window; a tap holds it, Escape or another tap lets go.
const root = document.documentElement;
let held = null;

function place(numeral) {
  const box = numeral.getBoundingClientRect();
  const inRightHalf = box.left > root.clientWidth / 2;
  const style = numeral.style;
  style.setProperty("--proof-left", inRightHalf ? "auto" : `${Math.max(8, box.left)}px`);
  style.setProperty("--proof-right", inRightHalf ? `${Math.max(8, root.clientWidth - box.right)}px` : "auto");
  const nearEnd = box.bottom > innerHeight - 100;
  style.setProperty("--proof-top", nearEnd ? "auto" : `${box.bottom + 6}px`);
  style.setProperty("--proof-bottom", nearEnd ? `${innerHeight - box.top + 6}px` : "auto");
}

function hold(numeral) {
  held?.classList.remove("held");
  held = numeral === held ? null : numeral;
  held?.classList.add("held");
}

document.addEventListener("pointerover", (event) => {
  root.classList.remove("proofs-dismissed");
  const numeral = event.target.closest?.(".proven");
  if (numeral) place(numeral);
});
document.addEventListener("click", (event) => {
  const numeral = event.target.closest(".proven");
  if (numeral || held) hold(numeral);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  hold(null);
  root.classList.add("proofs-dismissed");
});
addEventListener("scroll", () => held && hold(null), { passive: true });

// The theme calls the copy button of each code block a navigation, without a name: hundreds of landmarks.
// And what scrolls sideways must be within reach of the keyboard.
function tidy() {
  document.querySelectorAll("nav.md-code__nav:not([role])").forEach((nav) => nav.setAttribute("role", "none"));
  document.querySelectorAll(".formula-block, .md-typeset__scrollwrap, .output pre").forEach((box) => {
    box.toggleAttribute("data-scrolls", box.scrollWidth > box.clientWidth);
    if (box.hasAttribute("data-scrolls")) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
}
new MutationObserver((changes) => {
  if (changes.some(({ target }) => !target.closest?.(".explorer"))) tidy();
}).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", tidy);
addEventListener("load", tidy);
document.addEventListener("change", tidy); // the switch makes tables wider
document.addEventListener("toggle", tidy, true);
tidy();

// An explorer whose script did not come leaves its place to the figure; `error` does not bubble.
document.addEventListener(
  "error",
  ({ target }) => {
    const [, name] = target.src?.match(/explorers\/(\w+)\/view\.mjs$/) ?? [];
    if (name) document.querySelectorAll(`${name}-explorer`).forEach((panel) => panel.remove());
  },
  true,
);
