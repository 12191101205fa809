// What all explorers share: how one comes to life in its frame, how it speaks, and its controls.

let made = 0;

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (tag === "input") node.autocomplete = "off"; // going back would restore controls, and not what they made
  return filled(node, attributes, children);
}

export function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// A number as the book prints it, with a true minus sign and never a negative zero.
export function fixed(number, digits) {
  const text = number.toFixed(digits);
  return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
}

// One outline per class around (x, y), for SVG's `d` and for Path2D: circle, square, triangles, diamond.
export function outline(k, x, y, r) {
  if (k === 0) return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  const corners = [
    [],
    [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    [[0, -1.1], [1.1, 0.9], [-1.1, 0.9]],
    [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    [[0, 1.1], [1.1, -0.9], [-1.1, -0.9]],
  ][k % 5];
  return `M${corners.map(([dx, dy]) => `${x + r * dx},${y + r * dy}`).join("L")}Z`;
}

export const colour = (k) => `var(--class-${k})`;

// The same mark as an element of text, for legends and tables.
export function mark(k) {
  const shape = drawn("path", { d: outline(k, 7, 7, 5), fill: colour(k) });
  return drawn("svg", { viewBox: "0 0 14 14", class: "mark", "aria-hidden": "true" }, shape);
}

// A labelled native slider. The label is a text or a list of nodes; `shown` gives the text of a position.
export function slider(label, { min, max, step, value, shown }) {
  const id = `explorer-${made++}`;
  const input = element("input", { type: "range", id, min, max, step, value });
  const text = element("span", { class: "value", "aria-hidden": "true" });
  const tell = () => {
    text.textContent = shown(input.valueAsNumber);
    input.setAttribute("aria-valuetext", text.textContent);
  };
  input.addEventListener("input", tell);
  tell();
  const row = element("div", { class: "slider" }, element("label", { for: id }, ...[label].flat()), input, text);
  return {
    row,
    get value() {
      return input.valueAsNumber;
    },
    set value(position) {
      input.value = position;
      tell();
    },
  };
}

// One of several, as native radio buttons. Each option is a text or a list of nodes.
export function choice(legend, options, chosen = 0) {
  const name = `explorer-${made++}`;
  const inputs = options.map((_, k) => element("input", { type: "radio", name, value: k }));
  inputs[chosen].checked = true;
  inputs[chosen].defaultChecked = true;
  const labels = options.map((option, k) => element("label", {}, inputs[k], " ", ...[option].flat()));
  const row = group(legend, ...labels);
  return {
    row,
    get value() {
      return inputs.findIndex((input) => input.checked);
    },
    set value(k) {
      inputs[k].checked = true;
    },
    // Offers the first `count` options only.
    limit(count) {
      labels.forEach((label, k) => (label.hidden = k >= count));
      if (this.value >= count) this.value = 0;
    },
  };
}

// A table with one line of heads, each a text and how many columns it is over.
export function table(heads, body) {
  const cells = heads.map(([text, colspan = 1]) => element("th", { scope: "col", colspan }, text));
  return element("table", { class: "bars" }, element("thead", {}, element("tr", {}, ...cells)), body);
}

// A class in a table: its name, its probability as a number and as a bar, and what else is said of it.
export class Bar {
  constructor(name, k, more = 0) {
    this.cells = Array.from({ length: 1 + more }, () => element("td"));
    this.bar = drawn("rect", { height: 14, width: 0, fill: colour(k) });
    const drawing = { viewBox: "0 0 100 14", preserveAspectRatio: "none", "aria-hidden": "true" };
    const track = element("td", { class: "track" }, drawn("svg", drawing, this.bar));
    const head = element("th", { scope: "row" }, ...name);
    this.line = element("tr", {}, head, this.cells[0], track, ...this.cells.slice(1));
  }

  show(probability, ...more) {
    this.bar.setAttribute("width", 100 * probability);
    [probability, ...more].forEach((number, i) => (this.cells[i].textContent = fixed(number, 4)));
  }
}

export function group(legend, ...nodes) {
  return element("fieldset", { class: "choice" }, element("legend", {}, legend), ...nodes);
}

export function button(text, act) {
  const node = element("button", { type: "button" }, text);
  node.addEventListener("click", act);
  return node;
}

// A subclass gives `build()`, which returns the nodes of the panel, and `draw()`, which shows the state,
// sets `this.readings` to the unrounded numbers that it shows, and returns one or two sentences that say the same.
export class Explorer extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return; // moved by the page, not new
    try {
      this.begin();
    } catch (error) {
      this.remove(); // the figure takes its place
      throw error;
    }
  }

  begin() {
    this.seen = element("p", { class: "reading", "aria-hidden": "true" });
    this.heard = element("p", { class: "unseen", role: "status" });
    this.append(...this.build(), this.seen, this.heard);
    this.addEventListener("input", () => this.changed());
    this.show();
    clearTimeout(this.pause);
    this.heard.textContent = this.seen.textContent; // nobody is told of what has only just come
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.pause);
  }

  // Draws once per frame, however many inputs came.
  changed() {
    this.frame ??= requestAnimationFrame(() => this.show());
  }

  show() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const text = this.draw();
    this.seen.textContent = text;
    clearTimeout(this.pause); // a screen reader hears where a movement ended, not its every step
    this.pause = setTimeout(() => (this.heard.textContent = text), 400);
  }
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
