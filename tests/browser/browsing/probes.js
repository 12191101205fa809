// What the tests ask of a page, run inside of it: each answers with a line for every fault, or with a number.
({
  async settled() {
    await document.fonts.ready;
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((a) => a.effect.getComputedTiming().endTime < Infinity);
    await Promise.allSettled(moving.map((a) => a.finished));
  },

  overflow() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const clipped = (e) => e && (getComputedStyle(e).overflowX !== "visible" || clipped(e.parentElement));
    const sticksOut = (e) => e.getBoundingClientRect().right > clientWidth + 0.5 && !clipped(e.parentElement);
    const wide = [...document.body.querySelectorAll("*")].filter(sticksOut).map((e) => e.outerHTML.slice(0, 120));
    return [`the page is ${scrollWidth - clientWidth} px wider than the window: ${wide.join(" … ")}`];
  },

  // The sum of all shifts, which is never less than the metric of the name.
  layoutShift() {
    return new Promise((answer) => {
      let sum = 0;
      const add = (entries) => entries.forEach((e) => { sum += e.hadRecentInput ? 0 : e.value; });
      const observer = new PerformanceObserver((list) => add(list.getEntries()));
      observer.observe({ type: "layout-shift", buffered: true });
      setTimeout(() => { add(observer.takeRecords()); answer(sum); });
    });
  },

  async violations() {
    const found = await axe.run({ resultTypes: ["violations"], preload: false });
    const message = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message)[0] ?? "";
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `axe ${id}: ${node.html.slice(0, 160)} ${message(node)}`));
  },

  unfinished() {
    const bare = (e) => `stays undefined: <${e.localName}>`;
    const code = document.querySelectorAll("article .highlight:not(.no-copy) > pre:has(> code)");
    return [
      ...[...document.querySelectorAll("article :not(:defined)")].map(bare),
      ...[...code].filter((pre) => !pre.querySelector("button")).map((pre) => `no button: ${pre.innerText.slice(0, 80)}`),
    ];
  },

  hidden() {
    const article = document.querySelector("article");
    const meant = "script, style, template, svg title, svg desc, annotation, .headerlink";
    const seen = (e) => e.closest(meant) || e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const found = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.data.trim() && !seen(text.parentElement)) found.push(`cannot be seen: ${text.data.trim().slice(0, 80)}`);
    }
    return found;
  },

  unset() {
    const set = [...document.querySelectorAll("article .katex-html")];
    const source = [...document.querySelectorAll("article .arithmatex:not(:has(.katex))")];
    return [
      ...set.filter((e) => !e.getBoundingClientRect().width).map((e) => `an empty formula: ${e.textContent}`),
      ...source.map((e) => `no formula yet: ${e.textContent}`),
    ];
  },

  movements() {
    const seconds = (list) => Math.max(...list.split(",").map(parseFloat));
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      for (const part of ["", "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const lasts = Math.max(seconds(style.transitionDuration), seconds(style.animationDuration));
        if (lasts > 0.01) found.push(`moves for ${lasts} s: ${element.outerHTML.slice(0, 80)}${part}`);
        if (style.scrollBehavior === "smooth") found.push(`scrolls smoothly: ${element.outerHTML.slice(0, 80)}`);
      }
    }
    return found;
  },

  // The keyboard's way through the page: mark what can be used, note each stop, say what was left out.
  // A label is used in place of a box that is not there; the search's box is opened by its field.
  markUsable() {
    const clear = (e) => !e.matches("button") || getComputedStyle(e).opacity > 0;
    const sized = ({ width, height }) => width && height;
    const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && sized(e.getBoundingClientRect()) && clear(e);
    const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const boxless = (label) => label.control && !label.control.checkVisibility() && label.control.id !== "__search";
    const pressed = (label) => boxless(label) && getComputedStyle(label).pointerEvents !== "none";
    const marked = [
      ...[...document.querySelectorAll(usable)].filter((e) => !e.matches("[type=radio]:not(:checked)")),
      ...[...document.querySelectorAll("label[for]")].filter(pressed),
    ];
    marked.filter(shown).forEach((e) => { e.dataset.reached = ""; });
  },

  stop() {
    const here = document.activeElement;
    if (here === document.body || here.dataset.reached === "yes") return null;
    here.dataset.reached = "yes";
    const outlined = (e) => e && getComputedStyle(e).outlineStyle !== "none";
    const ring = [here, ...(here.labels ?? []), here.nextElementSibling].find(outlined);
    if (!ring) return [`no outline: ${here.outerHTML.slice(0, 120)}`];
    const { left, right, top, bottom } = ring.getBoundingClientRect();
    const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && right > left;
    return inside ? [] : [`outside of the window: ${here.outerHTML.slice(0, 120)}`];
  },

  unreached() {
    return [...document.querySelectorAll("[data-reached='']")].map((e) => `out of reach: ${e.outerHTML.slice(0, 120)}`);
  },

  unfold() {
    document.querySelectorAll("article details").forEach((details) => { details.open = true; });
    const proofs = document.getElementById("show-proofs");
    if (proofs && !proofs.checked) proofs.click();
  },
})
